package dev.slipway.app.detectors.code;

/** A file before and after: checks of who may do what. */
final class AuthorizationCases {
  private static final String JAVA =
      """
      @Controller
      class A {
        @PreAuthorize("hasRole('ADMIN')")
        void delete(long id) {
          orders.delete(id);
        }

        void list() {}
      }
      """;

  private static final String PYTHON =
      """
      @app.route("/orders/<id>")
      @login_required
      def order(id):
          if not user.is_admin:
              abort(403)
          return orders.get(id)


      def names():
          return []
      """;

  private static final String SCRIPT =
      """
      const router = express.Router();
      router.delete('/orders/:id', requireAuth, remove);
      router.get('/names', names);
      app.use('/admin', requireAdmin);

      function remove(req, res) {
        if (req.user.id !== order.owner) {
          return res.status(403).end();
        }
        orders.remove(req.params.id);
      }
      """;

  private AuthorizationCases() {}

  static final String[][] WEAKER = {
    java("hasRole('ADMIN')", "hasRole('USER')"),
    edit(
        "src/B.js", "ok = isOwner(u) && hasPermission(u);", "ok = isOwner(u) || hasPermission(u);"),
    edit("src/b.py", "ok = is_owner(u) and has_perm(u)", "ok = is_owner(u) or has_perm(u)"),
    edit("src/B.js", "if (!u.isAdmin) deny();", "if (false && !u.isAdmin) deny();"),
    edit("src/b.py", "if not u.is_admin:\n    deny()", "if False and not u.is_admin:\n    deny()"),
    edit("src/B.js", "const c = jwt.verify(t, KEY);", "const c = jwt.decode(t);"),
    edit("src/B.js", "ok = await bcrypt.compare(p, hash);", "ok = true;"),
    edit("src/b.py", "ok = hmac.compare_digest(a, b)", "ok = a[:1] == b[:1]"),
    java("  @PreAuthorize(\"hasRole('ADMIN')\")\n", ""),
    java("hasRole('ADMIN')", "hasRole('USER')"),
    java("hasRole('ADMIN')", "permitAll()"),
    java("@PreAuthorize(\"hasRole('ADMIN')\")", "@PermitAll"),
    java("  void list() {}", "  void open(HttpSecurity http) { http.csrf().disable(); }"),
    java("  void list() {}", "  @CrossOrigin(\"*\")\n  void list() {}"),
    java(
        "  void list() {}",
        "  void open(HttpSecurity http) { http.authorizeHttpRequests(a ->"
            + " a.anyRequest().permitAll()); }"),
    java(
        "  @PreAuthorize(\"hasRole('ADMIN')\")\n  void delete(long id) {",
        "  void delete(long id, String why) {"),
    python("@login_required\n", ""),
    python("    if not user.is_admin:\n        abort(403)\n", ""),
    python("if not user.is_admin:\n        abort(403)", "if not user:\n        pass"),
    python("@login_required", "@csrf_exempt"),
    python("def names", "permission_classes = [AllowAny]\n\n\ndef names"),
    python("def names", "ALLOWED_HOSTS = ['*']\n\n\ndef names"),
    python("def names", "CORS_ALLOW_ALL_ORIGINS = True\n\n\ndef names"),
    script("requireAuth, ", ""),
    script("app.use('/admin', requireAdmin);\n", ""),
    script("  if (req.user.id !== order.owner) {\n    return res.status(403).end();\n  }\n", ""),
    script("const router", "app.use(cors());\nconst router"),
    script("const router", "app.use(cors({ origin: '*' }));\nconst router"),
    script("const router", "res.setHeader('Access-Control-Allow-Origin', '*');\nconst router"),
  };

  static final String[][] NO_WEAKER = {
    edit(
        "src/B.java",
        "class B {\n  @PreAuthorize(\"hasRole('USER')\")\n  void a() {}\n}\n",
        "class B {\n  @PreAuthorize(\"hasRole('ADMIN')\")\n  void a() {}\n}\n"),
    edit(
        "src/B.js", "ok = isOwner(u) || hasPermission(u);", "ok = isOwner(u) && hasPermission(u);"),
    edit(
        "src/B.js", "ok = isOwner(u) && hasPermission(u);", "ok = hasPermission(u) && isOwner(u);"),
    java("  @Pre", "    @Pre"),
    java(
        "  @PreAuthorize(\"hasRole('ADMIN')\")\n"
            + "  void delete(long id) {\n"
            + "    orders.delete(id);\n"
            + "  }\n",
        ""),
    java("  void list() {}", "  @PreAuthorize(\"hasRole('ADMIN')\")\n  void list() {}"),
    java("hasRole('ADMIN')\")", "hasRole('ADMIN')\") // as ever"),
    java("class A {", "class A {\n  // hasRole is checked below"),
    java("orders.delete(id);", "orders.deleteById(id);"),
    java("  void list() {}", "  @CrossOrigin(\"https://shop.example.com\")\n  void list() {}"),
    java("  void list() {}", ""),
    python("return orders.get(id)", "return orders.find(id)"),
    python(
        "@app.route(\"/orders/<id>\")\n@login_required\ndef order(id):\n"
            + "    if not user.is_admin:\n        abort(403)\n    return orders.get(id)\n",
        ""),
    python("def names", "@login_required\ndef names"),
    python("@app.route(\"/orders/<id>\")\n@login_required", "@login_required\n@app.route(\"/x\")"),
    python("if not user.is_admin:", "if not user.is_admin:  # only they"),
    python("def names", "ALLOWED_HOSTS = ['shop.example.com']\n\n\ndef names"),
    python("def names", "# login_required was here once\ndef names"),
    python("return []", "return ['admin']"),
    script("router.delete('/orders/:id', requireAuth, remove);\n", ""),
    script("requireAuth, remove", "requireAuth, audit, remove"),
    script("router.get('/names', names);", "router.get('/names', requireAuth, names);"),
    script("const router", "import { requireAuth } from './auth';\nconst router"),
    script("const router", "app.use(cors({ origin: 'https://shop.example.com' }));\nconst router"),
    script("orders.remove(req.params.id)", "orders.delete(req.params.id)"),
  };

  private static String[] edit(String path, String from, String to) {
    return new String[] {path, from + "\n", to + "\n"};
  }

  private static String[] java(String from, String to) {
    return new String[] {"src/A.java", JAVA, JAVA.replace(from, to)};
  }

  private static String[] python(String from, String to) {
    return new String[] {"src/a.py", PYTHON, PYTHON.replace(from, to)};
  }

  private static String[] script(String from, String to) {
    return new String[] {"src/a.js", SCRIPT, SCRIPT.replace(from, to)};
  }
}
