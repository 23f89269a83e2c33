package dev.slipway.app.edge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where one running copy of a service listens. Written {@code host:port}; an IPv6 address stands in
 * brackets.
 *
 * @param host name or address, without brackets
 * @param port 1 to 65535; 0 is allowed only where a listener may choose its own port
 */
public record Instance(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]{2,45})\\]|([A-Za-z0-9._-]{1,253})):(\\d{1,5})");

  public Instance {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
  }

  /**
   * Reads {@code host:port}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static Instance parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected host:port, found '" + clip(text) + "'");
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    return new Instance(host, Integer.parseInt(matcher.group(3)));
  }

  private static String clip(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }

  @JsonValue
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
