package dev.slipway.app.detectors.code;

import dev.slipway.policy.Finding.Kind;
import dev.slipway.policy.Finding.Severity;

/** What is wrong with a piece of code. */
record Danger(String rule, Kind kind, Severity severity, String what) {
  static Danger security(String rule, Severity severity, String what) {
    return new Danger("security." + rule, Kind.SECURITY, severity, what);
  }

  static Danger performance(String rule, Severity severity, String what) {
    return new Danger("performance." + rule, Kind.PERFORMANCE, severity, what);
  }
}
