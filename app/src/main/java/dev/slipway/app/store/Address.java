package dev.slipway.app.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** How a server is reached. */
record Address(String jdbcUrl, String user, String password) {
  private static final String SECONDS_TO_CONNECT_MAX = "10";

  /** A connection outside of any pool. */
  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", SECONDS_TO_CONNECT_MAX);
    properties.setProperty("loginTimeout", SECONDS_TO_CONNECT_MAX);
    properties.setProperty("ApplicationName", "slipway");
    return DriverManager.getConnection(jdbcUrl, properties);
  }

  /** A URL's query may carry a password. */
  static String withoutQuery(String jdbcUrl) {
    int query = jdbcUrl.indexOf('?');
    return query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
  }

  @Override
  public String toString() {
    return user + " at " + withoutQuery(jdbcUrl);
  }
}
