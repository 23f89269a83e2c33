package dev.slipway.app.detectors.api;

import java.util.Locale;

/** The notations in which interfaces are described. */
enum Form {
  OPENAPI,
  PROTO,
  GRAPHQL,
  JAVA,
  GO,
  /** The entry of a package of JavaScript or TypeScript. */
  SCRIPT,
  AVRO,
  ASYNCAPI;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
