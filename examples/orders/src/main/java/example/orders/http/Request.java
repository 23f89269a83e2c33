package example.orders.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a handler gets to see of a request: its parameters, whether they came in the path, the query
 * or a form.
 */
public record Request(Map<String, String> parameters) {

  /** The longest value of a parameter, in characters. */
  static final int VALUE_MAX = 200;

  /** The caller's mistake; the message tells the caller how to mend it. */
  public static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  public Request {
    parameters = Map.copyOf(parameters);
  }

  /** A parameter that must be there. */
  public String text(String name) {
    return optional(name).orElseThrow(() -> new Malformed(name + " is missing"));
  }

  /** A parameter that may be there; a blank one is not. */
  public Optional<String> optional(String name) {
    Optional<String> value = Optional.ofNullable(parameters.get(name)).filter(v -> !v.isBlank());
    if (value.isPresent() && value.get().length() > VALUE_MAX) {
      throw new Malformed(name + " is longer than " + VALUE_MAX + " characters");
    }
    return value;
  }

  /** A whole number, from {@code least} to {@code most}, that must be there. */
  public long number(String name, long least, long most) {
    return parse(name, text(name), least, most);
  }

  /** A whole number, from {@code least} to {@code most}, that may be there. */
  public OptionalLong optionalNumber(String name, long least, long most) {
    return optional(name)
        .map(value -> OptionalLong.of(parse(name, value, least, most)))
        .orElseGet(OptionalLong::empty);
  }

  /** A value as it is written in a query. */
  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static long parse(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Answered below: to the caller, not a number and out of range are one mistake.
    }
    throw new Malformed(name + " must be a whole number from " + least + " to " + most);
  }

  /** Reads {@code a=1&b=2}, the syntax of a query and of a form. The last of a name counts. */
  static Map<String, String> decode(String encoded) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : encoded.split("&")) {
      String[] nameAndValue = pair.split("=", 2);
      if (nameAndValue.length == 2) {
        parameters.put(decodeOne(nameAndValue[0]), decodeOne(nameAndValue[1]));
      }
    }
    return parameters;
  }

  private static String decodeOne(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Malformed("a parameter is not URL-encoded: " + e.getMessage());
    }
  }
}
