package dev.slipway.app.detectors.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statements by class: what squawk, strong_migrations and django-migration-linter warn of. */
final class SchemaCases {
  static final List<String> GRAVE_SQL =
      List.of(
          "DROP TABLE orders",
          "DROP TABLE IF EXISTS \"orders\" CASCADE",
          "ALTER TABLE orders DROP COLUMN note",
          "ALTER TABLE orders DROP COLUMN IF EXISTS note CASCADE",
          "ALTER TABLE `orders` DROP `note`",
          "ALTER TABLE orders DROP CONSTRAINT orders_pk",
          "DROP SCHEMA billing CASCADE",
          "DROP DATABASE shop",
          "DROP INDEX CONCURRENTLY IF EXISTS by_note",
          "DROP TYPE mood",
          "TRUNCATE TABLE orders",
          "TRUNCATE orders, lines RESTART IDENTITY CASCADE",
          "DELETE FROM orders",
          "UPDATE orders SET note = ''",
          "ALTER TABLE orders RENAME TO purchases",
          "ALTER TABLE orders RENAME COLUMN note TO remark",
          "RENAME TABLE orders TO purchases",
          "ALTER TABLE orders CHANGE note remark varchar(20)",
          "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
          "EXEC sp_rename 'orders.note', 'remark', 'COLUMN'",
          "DO $$ BEGIN ALTER TABLE orders DROP COLUMN note; END $$",
          "DO $$ BEGIN IF EXISTS (SELECT 1) THEN DROP TABLE orders; END IF; END $$",
          "CREATE INDEX by_note ON orders (note)",
          "CREATE UNIQUE INDEX by_note ON orders (lower(note)) WHERE note IS NOT NULL",
          "ALTER TABLE orders ADD INDEX by_note (note)",
          "ALTER TABLE orders ADD UNIQUE KEY by_note (note)",
          "ALTER TABLE orders ADD COLUMN paid boolean NOT NULL",
          "ALTER TABLE \"shop\".\"orders\" ADD COLUMN \"paid\" TEXT NOT NULL",
          "ALTER TABLE orders ADD COLUMN a int, ADD COLUMN b int NOT NULL",
          "ALTER TABLE orders ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()",
          "ALTER TABLE orders ADD COLUMN seq bigserial",
          "ALTER TABLE orders ADD COLUMN sum int GENERATED ALWAYS AS (a + b) STORED",
          "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id)",
          "ALTER TABLE ONLY orders ADD CONSTRAINT positive CHECK (total > 0)",
          "ALTER TABLE orders ADD CONSTRAINT u UNIQUE (note)",
          "ALTER TABLE orders ADD PRIMARY KEY (id)",
          "ALTER TABLE orders ALTER COLUMN id TYPE bigint",
          "ALTER TABLE orders ALTER COLUMN id SET DATA TYPE bigint USING id::bigint",
          "ALTER TABLE orders ALTER COLUMN note SET NOT NULL",
          "ALTER TABLE orders MODIFY COLUMN id bigint NOT NULL",
          "ALTER TABLE orders ALTER COLUMN id bigint",
          "ALTER TABLE orders ENGINE=InnoDB",
          "ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4",
          "ALTER TABLE orders SET TABLESPACE fast",
          "ALTER TABLE orders SET UNLOGGED",
          "ALTER TABLE orders DETACH PARTITION old",
          "ALTER TABLE orders DISABLE ROW LEVEL SECURITY",
          "VACUUM FULL orders",
          "CLUSTER orders USING by_note",
          "REINDEX TABLE orders",
          "REFRESH MATERIALIZED VIEW totals",
          "LOCK TABLE orders IN ACCESS EXCLUSIVE MODE",
          "ALTR TABLE orders ADD COLUMN x int",
          "WITH gone AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM gone");

  static final List<String> GENTLE_SQL =
      List.of(
          "CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL DEFAULT '')",
          "CREATE TABLE IF NOT EXISTS orders (id bigserial PRIMARY KEY, a jsonb NOT NULL)",
          "CREATE TABLE `orders` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, PRIMARY KEY"
              + " (`id`), KEY `k` (`id`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
          "CREATE INDEX CONCURRENTLY by_note ON orders (note)",
          "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS by_note ON orders USING gin (note)",
          "ALTER TABLE orders ADD INDEX by_note (note), ALGORITHM=INPLACE, LOCK=NONE",
          "ALTER TABLE orders ADD COLUMN note text",
          "ALTER TABLE orders ADD COLUMN IF NOT EXISTS paid boolean NOT NULL DEFAULT false",
          "ALTER TABLE orders ADD paid timestamptz NOT NULL DEFAULT now()",
          "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT"
              + " VALID",
          "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID",
          "ALTER TABLE orders ADD CONSTRAINT u UNIQUE USING INDEX by_note",
          "ALTER TABLE orders VALIDATE CONSTRAINT fk",
          "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL",
          "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'none'",
          "ALTER TABLE orders ALTER COLUMN note DROP DEFAULT",
          "ALTER TABLE orders OWNER TO shop",
          "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE orders DETACH PARTITION old CONCURRENTLY",
          "ALTER TYPE mood ADD VALUE 'calm'",
          "CREATE TYPE mood AS ENUM ('sad', 'happy')",
          "CREATE EXTENSION IF NOT EXISTS pgcrypto",
          "CREATE OR REPLACE VIEW totals AS SELECT count(*) AS n FROM orders",
          "CREATE SCHEMA billing",
          "CREATE SEQUENCE numbers",
          "CREATE POLICY own ON orders USING (true)",
          "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN DELETE FROM log; RETURN NEW; END; $$"
              + " LANGUAGE plpgsql",
          "CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION f()",
          "INSERT INTO orders (id) VALUES (1)",
          "INSERT INTO notes VALUES ('DROP TABLE orders; DELETE FROM orders')",
          "UPDATE orders SET note = '' WHERE note IS NULL",
          "DELETE FROM orders WHERE paid = false",
          "UPDATE orders SET a = u.a FROM users u WHERE u.id = orders.user_id",
          "REINDEX TABLE CONCURRENTLY orders",
          "REFRESH MATERIALIZED VIEW CONCURRENTLY totals",
          "GRANT SELECT ON orders TO reader",
          "COMMENT ON TABLE orders IS 'DROP TABLE is a phrase here'",
          "SET lock_timeout = '5s'",
          "START TRANSACTION",
          "COMMIT",
          "SELECT setval('numbers', 100, true)",
          "DROP TEMPORARY TABLE scratch");

  private static final String DJANGO =
      "from django.db import migrations, models\n\n"
          + "class Migration(migrations.Migration):\n    operations = [\n        ";
  private static final String ALEMBIC = "from alembic import op\n\ndef upgrade():\n    ";
  private static final String RAILS = "class A < ActiveRecord::Migration[7.1]\n  def change\n    ";
  private static final String KNEX = "exports.up = async (knex) => {\n  await ";
  private static final String EF =
      "public partial class A : Migration {\n"
          + "  protected override void Up(MigrationBuilder migrationBuilder) {\n"
          + "    ";
  private static final String CHANGELOG =
      "<databaseChangeLog>\n<changeSet id=\"1\" author=\"a\">\n";

  private SchemaCases() {}

  static Map<String, List<String>> graveFiles() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put(
        "db/migrate/2024_a.rb",
        List.of(
            RAILS + "add_index :orders, :note\n  end\nend\n",
            RAILS + "remove_column :orders, :note, :string\n  end\nend\n",
            RAILS + "add_column :orders, :paid, :boolean, null: false\n  end\nend\n",
            RAILS + "rename_column :orders, :a, :b\n  end\nend\n",
            RAILS + "add_foreign_key :orders, :users\n  end\nend\n",
            RAILS + "change_column :orders, :id, :bigint\n  end\nend\n",
            RAILS + "execute <<~SQL\n      DROP TABLE orders\n    SQL\n  end\nend\n",
            RAILS + "change_table :orders do |t|\n      t.remove :note\n    end\n  end\nend\n"));
    all.put(
        "shop/migrations/0002_a.py",
        List.of(
            DJANGO + "migrations.RemoveField(model_name='order', name='note'),\n    ]\n",
            DJANGO + "migrations.DeleteModel(name='Order'),\n    ]\n",
            DJANGO + "migrations.AlterField('order', 'id', models.BigIntegerField()),\n    ]\n",
            DJANGO + "migrations.AddField('order', 'n', models.IntegerField()),\n    ]\n",
            DJANGO + "migrations.AddIndex('order', models.Index(fields=['n'])),\n    ]\n",
            DJANGO + "migrations.RunSQL(\"DELETE FROM orders\"),\n    ]\n",
            DJANGO
                + "migrations.RunSQL(\n"
                + "            \"\"\"\n"
                + "            TRUNCATE orders\n"
                + "            \"\"\"),\n"
                + "    ]\n"));
    all.put(
        "alembic/versions/1_a.py",
        List.of(
            ALEMBIC + "op.drop_table('orders')\n",
            ALEMBIC + "op.drop_column('orders', 'note')\n",
            ALEMBIC + "op.add_column('orders', sa.Column('n', sa.Integer(), nullable=False))\n",
            ALEMBIC + "op.create_index('ix', 'orders', ['note'])\n",
            ALEMBIC + "op.alter_column('orders', 'id', type_=sa.BigInteger())\n",
            ALEMBIC + "op.alter_column('orders', 'id', new_column_name='key')\n",
            ALEMBIC + "op.execute('UPDATE orders SET note = NULL')\n"));
    all.put(
        "migrations/2024_a.js",
        List.of(
            KNEX + "knex.schema.dropTable('orders');\n};\n",
            KNEX
                + "knex.schema.alterTable('orders', (t) => {\n"
                + "    t.dropColumn('note');\n"
                + "  });\n"
                + "};\n",
            KNEX
                + "knex.schema.alterTable('orders', (t) => {\n"
                + "    t.integer('n').notNullable();\n"
                + "  });\n"
                + "};\n",
            KNEX
                + "knex.schema.alterTable('orders', (t) => {\n"
                + "    t.bigInteger('n').alter();\n"
                + "  });\n"
                + "};\n",
            KNEX + "knex.raw(`DROP TABLE orders`);\n};\n",
            "module.exports = { async up(queryInterface, S) {\n"
                + "  await queryInterface.removeColumn('a', 'b');\n"
                + "} };\n"));
    all.put(
        "Migrations/20240101_A.cs",
        List.of(
            EF + "migrationBuilder.DropColumn(name: \"note\", table: \"orders\");\n  }\n}\n",
            EF
                + "migrationBuilder.AddColumn<int>(name: \"n\", table: \"orders\", nullable:"
                + " false);\n"
                + "  }\n"
                + "}\n",
            EF
                + "migrationBuilder.CreateIndex(name: \"ix\", table: \"orders\", column:"
                + " \"note\");\n"
                + "  }\n"
                + "}\n",
            EF + "migrationBuilder.Sql(\"DELETE FROM orders\");\n  }\n}\n"));
    all.put(
        "src/main/resources/db/changelog/a.xml",
        List.of(
            CHANGELOG
                + "<dropColumn tableName=\"orders\" columnName=\"note\"/>\n"
                + "</changeSet>\n"
                + "</databaseChangeLog>\n",
            CHANGELOG
                + "<createIndex indexName=\"i\" tableName=\"orders\"><column"
                + " name=\"a\"/></createIndex>\n"
                + "</changeSet>\n"
                + "</databaseChangeLog>\n",
            CHANGELOG
                + "<addColumn tableName=\"orders\"><column name=\"n\" type=\"int\"><constraints"
                + " nullable=\"false\"/></column></addColumn>\n"
                + "</changeSet>\n"
                + "</databaseChangeLog>\n",
            CHANGELOG + "<sql>DELETE FROM orders</sql>\n</changeSet>\n</databaseChangeLog>\n",
            CHANGELOG + "<delete tableName=\"orders\"/>\n</changeSet>\n</databaseChangeLog>\n"));
    all.put(
        "src/main/resources/db/changelog/a.yaml",
        List.of(
            "databaseChangeLog:\n"
                + "- changeSet:\n"
                + "    id: 1\n"
                + "    changes:\n"
                + "    - dropTable:\n"
                + "        tableName: orders\n",
            "databaseChangeLog:\n"
                + "- changeSet:\n"
                + "    id: 1\n"
                + "    changes:\n"
                + "    - renameColumn:\n"
                + "        tableName: orders\n"
                + "        oldColumnName: a\n",
            "databaseChangeLog:\n"
                + "- changeSet:\n"
                + "    id: 1\n"
                + "    changes:\n"
                + "    - sql:\n"
                + "        sql: TRUNCATE orders\n"));
    all.put(
        "prisma/migrations/1_a/migration.sql",
        List.of(
            "-- DropTable\nDROP TABLE \"orders\";\n",
            "ALTER TABLE \"a\" ADD COLUMN \"b\" INTEGER NOT NULL;\n"));
    all.put(
        "db/changelog/b.sql",
        List.of(
            "--liquibase formatted sql\n"
                + "--changeset me:1\n"
                + "ALTER TABLE a DROP COLUMN b;\n"
                + "--rollback SELECT 1;\n"));
    return all;
  }

  static Map<String, List<String>> gentleFiles() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    all.put(
        "db/migrate/2024_a.rb",
        List.of(
            RAILS
                + "create_table :orders do |t|\n"
                + "      t.string :note, null: false\n"
                + "      t.index :note\n"
                + "    end\n"
                + "    add_index :orders, :note\n"
                + "  end\n"
                + "end\n",
            RAILS + "add_column :orders, :note, :string\n  end\nend\n",
            RAILS
                + "add_column :orders, :paid, :boolean, null: false, default: false\n  end\nend\n",
            RAILS + "add_index :orders, :note, algorithm: :concurrently\n  end\nend\n",
            RAILS + "add_foreign_key :orders, :users, validate: false\n  end\nend\n",
            "class A < M\n"
                + "  def up\n"
                + "    add_column :orders, :note, :string\n"
                + "  end\n\n"
                + "  def down\n"
                + "    drop_table :orders\n"
                + "  end\n"
                + "end\n"));
    all.put(
        "shop/migrations/0002_a.py",
        List.of(
            DJANGO + "migrations.CreateModel(name='Order', fields=[]),\n    ]\n",
            DJANGO + "migrations.AddField('order', 'n', models.IntegerField(null=True)),\n    ]\n",
            DJANGO + "migrations.AddField('order', 'n', models.IntegerField(default=0)),\n    ]\n",
            DJANGO + "AddIndexConcurrently('order', models.Index(fields=['n'])),\n    ]\n",
            DJANGO + "migrations.RunSQL('CREATE TABLE a (id int)', 'DROP TABLE a'),\n    ]\n",
            DJANGO + "migrations.RunPython(fill, migrations.RunPython.noop),\n    ]\n"));
    all.put(
        "alembic/versions/1_a.py",
        List.of(
            ALEMBIC
                + "op.create_table('orders', sa.Column('n', sa.Integer(), nullable=False))\n"
                + "    op.create_index('ix', 'orders', ['n'])\n",
            ALEMBIC
                + "op.add_column('orders', sa.Column('n', sa.Integer(), nullable=True))\n\n"
                + "def downgrade():\n"
                + "    op.drop_column('orders', 'n')\n",
            ALEMBIC
                + "op.add_column('orders', sa.Column('n', sa.Integer(), nullable=False,"
                + " server_default='0'))\n",
            ALEMBIC + "op.create_index('ix', 'orders', ['n'], postgresql_concurrently=True)\n",
            ALEMBIC
                + "op.alter_column('orders', 'n', server_default=None,"
                + " existing_type=sa.Integer())\n"));
    all.put(
        "migrations/2024_a.js",
        List.of(
            KNEX
                + "knex.schema.createTable('orders', (t) => {\n"
                + "    t.integer('n').notNullable();\n"
                + "    t.index('n');\n"
                + "  });\n"
                + "};\n"
                + "exports.down = (knex) => knex.schema.dropTable('orders');\n",
            KNEX
                + "knex.schema.alterTable('orders', (t) => {\n"
                + "    t.integer('n').notNullable().defaultTo(0);\n"
                + "  });\n"
                + "};\n",
            KNEX + "knex.raw('CREATE INDEX CONCURRENTLY i ON orders (n)');\n};\n"));
    all.put(
        "Migrations/20240101_A.cs",
        List.of(
            EF
                + "migrationBuilder.CreateTable(name: \"orders\", columns: t => new { Id ="
                + " t.Column<int>(nullable: false) });\n"
                + "  }\n"
                + "  protected override void Down(MigrationBuilder migrationBuilder) {\n"
                + "    migrationBuilder.DropTable(name: \"orders\");\n"
                + "  }\n"
                + "}\n",
            EF
                + "migrationBuilder.AddColumn<int>(name: \"n\", table: \"orders\", nullable:"
                + " true);\n"
                + "  }\n"
                + "}\n",
            EF
                + "migrationBuilder.AddColumn<int>(name: \"n\", table: \"o\", nullable: false,"
                + " defaultValue: 0);\n"
                + "  }\n"
                + "}\n"));
    all.put(
        "src/main/resources/db/changelog/a.xml",
        List.of(
            CHANGELOG
                + "<createTable tableName=\"orders\"><column name=\"id\" type=\"int\"><constraints"
                + " nullable=\"false\"/></column></createTable>\n"
                + "<createIndex tableName=\"orders\" indexName=\"i\"><column"
                + " name=\"id\"/></createIndex>\n"
                + "</changeSet>\n"
                + "</databaseChangeLog>\n",
            CHANGELOG
                + "<addColumn tableName=\"orders\"><column name=\"n\" type=\"int\"/></addColumn>\n"
                + "<rollback><dropColumn tableName=\"orders\" columnName=\"n\"/></rollback>\n"
                + "</changeSet>\n"
                + "</databaseChangeLog>\n"));
    all.put(
        "src/main/resources/db/changelog/a.yaml",
        List.of(
            "databaseChangeLog:\n"
                + "- changeSet:\n"
                + "    id: 1\n"
                + "    changes:\n"
                + "    - createTable:\n"
                + "        tableName: orders\n"
                + "    rollback:\n"
                + "    - dropTable:\n"
                + "        tableName: orders\n",
            "databaseChangeLog:\n"
                + "- changeSet:\n"
                + "    id: 1\n"
                + "    changes:\n"
                + "    - addColumn:\n"
                + "        tableName: orders\n"
                + "        columns:\n"
                + "        - column:\n"
                + "            name: n\n"
                + "            type: int\n"));
    all.put(
        "db/migration/V3__a.sql",
        List.of(
            "-- +goose Up\nCREATE TABLE a (id int);\n-- +goose Down\nDROP TABLE a;\n",
            "-- migrate:up\n"
                + "ALTER TABLE a ADD COLUMN b int;\n"
                + "-- migrate:down\n"
                + "ALTER TABLE a DROP COLUMN b;\n"));
    return all;
  }

  static Map<String, String> notMigrations() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("src/app.py", "op.drop_table('x')\n");
    all.put("docs/migrations/how.md", "DROP TABLE orders;\n");
    all.put("queries/find.sql", "SELECT * FROM orders WHERE id = $1;\n");
    all.put("queries/save.sql", "INSERT INTO orders VALUES ($1);\n");
    all.put("queries/pay.sql", "UPDATE orders SET paid = true WHERE id = $1;\n");
    all.put("queries/forget.sql", "DELETE FROM orders WHERE id = $1;\n");
    all.put("queries/recent.sql", "WITH r AS (SELECT 1) SELECT * FROM r;\n");
    all.put("shop/migrations/__init__.py", "");
    all.put("src/test/resources/db/migration/V1__a.sql", "CREATE TABLE a (id int);\n");
    all.put("spec/fixtures/dump.sql", "DROP TABLE a;\n");
    all.put("src/Order.java", "class Order { String sql = \"SELECT 1\"; }\n");
    all.put("db/down/1_a.down.sql", "DROP TABLE a;\n");
    all.put("db/migration/U2__a.sql", "DROP TABLE a;\n");
    all.put("lib/truncate.js", "export const truncate = (s) => s.slice(0, 9);\n");
    all.put("app/models/order.rb", "class Order < ApplicationRecord\nend\n");
    all.put("src/changelog.ts", "export const changelog = [];\n");
    all.put("CHANGELOG.md", "dropped the table\n");
    all.put("package.json", "{\"name\": \"changelog\"}\n");
    all.put("src/migration_guide.txt", "ALTER TABLE\n");
    all.put("Migrations/AModelSnapshot.cs", "b.DropColumn();\n");
    all.put("Migrations/20240101_A.Designer.cs", "b.DropColumn();\n");
    return all;
  }
}
