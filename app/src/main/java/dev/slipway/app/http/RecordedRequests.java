package dev.slipway.app.http;

import dev.slipway.project.StagingPlan.Request;
import dev.slipway.telemetry.RecordedTraffic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recordings as files: access logs in Common or Combined Log Format, of which GET and HEAD are
 * replayed, and JSON Lines. Every line is one or the other. {@code docs/recorded-traffic.md} says
 * more.
 */
public final class RecordedRequests implements RecordedTraffic {
  private static final int BYTES_MAX = 8 << 20;
  private static final int LINES_MAX = 20_000;
  private static final int LINE_BYTES_MAX = 64 << 10;
  private static final int ERRORS_MAX = 10;

  @Override
  public Reading read(String file, byte[] content) {
    if (content.length > BYTES_MAX) {
      return unusable(file + ": is longer than " + (BYTES_MAX >> 20) + " MiB");
    }
    return new File(file, content).read();
  }

  private static Reading unusable(String error) {
    return new Reading.Unusable(List.of(error));
  }

  /** One file while it is read. */
  private static final class File {
    private final String name;
    private final byte[] content;
    private final List<Request> requests = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private int leftOut;
    private int wrong;

    File(String name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    Reading read() {
      int number = 0;
      for (int from = 0; from < content.length; ) {
        int to = from;
        while (to < content.length && content[to] != '\n') {
          to++;
        }
        number++;
        if (number > LINES_MAX) {
          return unusable(name + ":" + number + ": more than " + LINES_MAX + " lines");
        }
        line(number, from, to);
        from = to + 1;
      }
      if (wrong > 0) {
        return new Reading.Unusable(listed());
      }
      return requests.isEmpty()
          ? unusable(name + ": has no request that can be replayed")
          : new Reading.Usable(requests, leftOut);
    }

    private void line(int number, int from, int to) {
      if (to - from > LINE_BYTES_MAX) {
        reject(number, "is longer than " + LINE_BYTES_MAX + " bytes");
        return;
      }
      Optional<String> text = text(from, to);
      if (text.isEmpty()) {
        reject(number, "is not UTF-8 text");
      } else if (!text.get().isBlank()) {
        switch (RequestLine.of(text.get().strip())) {
          case RequestLine.Replayed(Request request) -> requests.add(request);
          case RequestLine.LeftOut ignored -> leftOut++;
          case RequestLine.Rejected(String why) -> reject(number, why);
        }
      }
    }

    private Optional<String> text(int from, int to) {
      try {
        return Optional.of(
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(content, from, to - from))
                .toString());
      } catch (CharacterCodingException e) {
        return Optional.empty();
      }
    }

    private void reject(int number, String why) {
      wrong++;
      if (wrong <= ERRORS_MAX) {
        errors.add(name + ":" + number + ": " + why);
      }
    }

    private List<String> listed() {
      List<String> listed = new ArrayList<>(errors);
      if (wrong > ERRORS_MAX) {
        listed.add("and " + (wrong - ERRORS_MAX) + " more lines of " + name);
      }
      return listed;
    }
  }
}
