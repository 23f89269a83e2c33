package dev.slipway.app.notify;

import dev.slipway.escalation.ContextPackage;
import dev.slipway.notification.Notifier;
import dev.slipway.policy.Reason;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what needs people to the log of the control plane. */
public final class LogNotifier implements Notifier {
  private static final Logger LOG = LoggerFactory.getLogger(LogNotifier.class);

  @Override
  public void needsPerson(ContextPackage context) {
    LOG.warn(
        "{} needs a person: {}",
        context.pull().id(),
        context.reasons().stream().map(Reason::message).collect(Collectors.joining("; ")));
  }

  @Override
  public void alarm(String title, String text) {
    LOG.error("{}: {}", title, text);
  }
}
