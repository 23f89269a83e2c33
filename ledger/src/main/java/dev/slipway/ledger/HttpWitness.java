package dev.slipway.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A witness that speaks C2SP tlog-witness over HTTP. */
public final class HttpWitness implements Witness {
  private static final int MAX_REPLY_BYTES = 1 << 16;
  private static final int MAX_HASHES = 63;

  /** The log's patience ends a request sooner. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final URI addCheckpoint;
  private final Verifier verifier;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final ReentrantLock lock = new ReentrantLock();
  private long cosigned;

  /**
   * @param submissionPrefix of the witness, with or without a trailing slash
   * @param verifier of its cosignatures
   */
  public HttpWitness(URI submissionPrefix, Verifier verifier) {
    String prefix = submissionPrefix.toString();
    this.addCheckpoint = URI.create(prefix + (prefix.endsWith("/") ? "" : "/") + "add-checkpoint");
    this.verifier = verifier;
  }

  @Override
  public String name() {
    return "witness " + verifier.name();
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.of(verifier);
  }

  /** Cannot be asked; it refuses on its own to cosign a log that does not extend what it saw. */
  @Override
  public Optional<Checkpoint> lastSeen(String origin) {
    return Optional.empty();
  }

  @Override
  public Optional<NoteSignature> witness(SignedCheckpoint checkpoint, LogReader log)
      throws IOException {
    lock.lock();
    try {
      return ask(checkpoint, log);
    } finally {
      lock.unlock();
    }
  }

  private Optional<NoteSignature> ask(SignedCheckpoint checkpoint, LogReader log)
      throws IOException {
    Reply reply = send(checkpoint, log);
    if (reply.status == 409) {
      cosigned = sizeIn(reply, log.size());
      reply = send(checkpoint, log);
    }
    if (reply.status != 200) {
      throw new IOException(
          "%s answered %d: %s"
              .formatted(addCheckpoint, reply.status, Printable.of(reply.body.strip())));
    }
    for (String line : reply.body.split("\n")) {
      NoteSignature signature = parse(line);
      if (verifier.verifies(checkpoint.note().text(), signature)) {
        cosigned = checkpoint.checkpoint().size();
        return Optional.of(signature);
      }
    }
    throw new IOException(addCheckpoint + " sent no cosignature by " + verifier);
  }

  private record Reply(int status, String body) {}

  private Reply send(SignedCheckpoint checkpoint, LogReader log) throws IOException {
    StringBuilder body = new StringBuilder("old ").append(cosigned).append('\n');
    ConsistencyProof proof = log.consistency(cosigned);
    if (proof.path().size() > MAX_HASHES) {
      throw new IOException("the consistency proof has more than " + MAX_HASHES + " hashes");
    }
    proof.path().forEach(hash -> body.append(hash.base64()).append('\n'));
    body.append('\n').append(new String(checkpoint.note().format(), StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(addCheckpoint)
            .timeout(TIMEOUT)
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        String text = new String(in.readNBytes(MAX_REPLY_BYTES), StandardCharsets.UTF_8);
        return new Reply(response.statusCode(), text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking " + addCheckpoint);
    }
  }

  private long sizeIn(Reply reply, long size) throws IOException {
    String text = reply.body.strip();
    if (!text.matches("0|[1-9][0-9]{0,17}")) {
      throw new IOException(addCheckpoint + " refuses the checkpoint: it contradicts what it saw");
    }
    long seen = Long.parseLong(text);
    if (seen > size) {
      throw new IOException(
          "%s has seen %d entries of this log, which has %d now: it was restored from an old backup"
              .formatted(addCheckpoint, seen, size));
    }
    return seen;
  }

  private NoteSignature parse(String line) throws IOException {
    try {
      return NoteSignature.parse(line);
    } catch (IllegalArgumentException e) {
      throw new IOException(addCheckpoint + " sent no signature line: " + e.getMessage(), e);
    }
  }
}
