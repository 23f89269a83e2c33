package dev.slipway.notification;

import dev.slipway.escalation.ContextPackage;

/** Tells people what needs them. A failure to tell is thrown, so that it is tried again. */
public interface Notifier {
  /** A change waits for a person's decision. */
  void needsPerson(ContextPackage context);

  /** Production was rolled back, or could not be: this may wake somebody. */
  void alarm(String title, String text);
}
