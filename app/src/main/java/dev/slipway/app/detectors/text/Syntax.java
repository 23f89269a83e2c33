package dev.slipway.app.detectors.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a language writes comments and strings: enough to tell code from what is not.
 *
 * @param lineComments what starts a comment that ends with its line
 * @param blockOpen what starts a comment over lines; empty if there is none
 * @param blockClose what ends it
 * @param quotes the characters that quote a string within a line
 * @param longQuotes what quotes a string over lines
 * @param kind what a file of it is for
 */
public record Syntax(
    List<String> lineComments,
    String blockOpen,
    String blockClose,
    String quotes,
    List<String> longQuotes,
    Kind kind) {

  /** What sort of text a file holds. */
  public enum Kind {
    CODE,
    /** Data and settings that programs read. */
    CONFIGURATION,
    /** Text for people, marked up or not. */
    PROSE
  }

  private static final Syntax C =
      new Syntax(List.of("//"), "/*", "*/", "\"'", List.of("\"\"\""), Kind.CODE);
  private static final Syntax GO =
      new Syntax(List.of("//"), "/*", "*/", "\"'", List.of("`"), Kind.CODE);

  /** A single quote begins a lifetime more often than a character. */
  private static final Syntax RUST =
      new Syntax(List.of("//"), "/*", "*/", "\"", List.of(), Kind.CODE);

  private static final Syntax SCRIPT =
      new Syntax(List.of("//"), "/*", "*/", "\"'", List.of("`"), Kind.CODE);
  private static final Syntax PYTHON =
      new Syntax(List.of("#"), "", "", "\"'", List.of("\"\"\"", "'''"), Kind.CODE);
  private static final Syntax HASH = new Syntax(List.of("#"), "", "", "\"'", List.of(), Kind.CODE);
  private static final Syntax PHP =
      new Syntax(List.of("//", "#"), "/*", "*/", "\"'", List.of(), Kind.CODE);
  private static final Syntax DASHES =
      new Syntax(List.of("--"), "/*", "*/", "\"'", List.of(), Kind.CODE);
  private static final Syntax SEMICOLON =
      new Syntax(List.of(";"), "", "", "\"", List.of(), Kind.CODE);
  private static final Syntax PERCENT =
      new Syntax(List.of("%"), "", "", "\"", List.of(), Kind.CODE);
  private static final Syntax SETTINGS =
      new Syntax(List.of("#"), "", "", "\"'", List.of(), Kind.CONFIGURATION);
  private static final Syntax INI =
      new Syntax(List.of("#", ";", "!"), "", "", "\"", List.of(), Kind.CONFIGURATION);
  private static final Syntax HCL =
      new Syntax(List.of("#", "//"), "/*", "*/", "\"", List.of(), Kind.CONFIGURATION);
  private static final Syntax JSON =
      new Syntax(List.of("//"), "/*", "*/", "\"", List.of(), Kind.CONFIGURATION);
  private static final Syntax MARKUP =
      new Syntax(List.of(), "<!--", "-->", "\"'", List.of(), Kind.CONFIGURATION);
  private static final Syntax PAGE =
      new Syntax(List.of(), "<!--", "-->", "\"'", List.of(), Kind.PROSE);
  private static final Syntax PLAIN = new Syntax(List.of(), "", "", "", List.of(), Kind.PROSE);
  private static final Syntax UNKNOWN =
      new Syntax(List.of("#"), "", "", "\"'", List.of(), Kind.CONFIGURATION);

  private static final Map<String, Syntax> BY_ENDING = new TreeMap<>();

  static {
    of(C, "java kt kts scala groovy gradle c h cc cpp hpp cxx m mm swift cs dart proto v zig");
    of(GO, "go");
    of(RUST, "rs");
    of(SCRIPT, "js jsx mjs cjs ts tsx mts cts vue svelte css scss less");
    of(PYTHON, "py pyi pyx bzl star");
    of(HASH, "rb sh bash zsh fish pl pm r jl ex exs ps1 mk cmake nim tcl graphql gql");
    of(PHP, "php phtml");
    of(DASHES, "sql lua hs elm ada adb vhd vhdl");
    of(SEMICOLON, "clj cljs cljc lisp el scm rkt asm");
    of(PERCENT, "erl hrl tex");
    of(SETTINGS, "yml yaml toml env conf properties cfg lock txt nginx service");
    of(INI, "ini editorconfig npmrc gitconfig");
    of(HCL, "tf tfvars hcl bicep nomad");
    of(JSON, "json json5 jsonc webmanifest ipynb");
    of(MARKUP, "xml xsd pom csproj fsproj vbproj props targets config plist svg resx wsdl nuspec");
    of(PAGE, "html htm xhtml jsp jte erb ejs hbs md mdx markdown");
    of(PLAIN, "rst adoc asciidoc org po pot xlf xliff strings arb ftl csv tsv log");
  }

  private static void of(Syntax syntax, String endings) {
    for (String ending : endings.split(" ")) {
      BY_ENDING.put(ending, syntax);
    }
  }

  /** The syntax of the file at this path, by its name. */
  public static Syntax of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    if (name.startsWith("dockerfile")
        || name.endsWith(".dockerfile")
        || name.equals("containerfile")
        || name.equals("makefile")
        || name.equals("gemfile")
        || name.equals("rakefile")) {
      return HASH;
    }
    if (name.equals("jenkinsfile")) {
      return C;
    }
    if (name.startsWith(".env")) {
      return SETTINGS;
    }
    if (name.equals("readme") || name.startsWith("license") || name.startsWith("changelog")) {
      return PLAIN;
    }
    return BY_ENDING.getOrDefault(name.substring(name.lastIndexOf('.') + 1), UNKNOWN);
  }
}
