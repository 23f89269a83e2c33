package dev.slipway.app.audit;

import dev.slipway.audit.AuditRecord;
import dev.slipway.audit.AuditRecord.Administrative;
import dev.slipway.audit.AuditRecord.Decision;
import dev.slipway.audit.AuditRecord.Discrepancy;
import dev.slipway.audit.AuditRecord.Done;
import dev.slipway.audit.AuditRecord.Effect;
import dev.slipway.audit.AuditRecord.OfChange;
import dev.slipway.audit.AuditRecord.Opened;
import dev.slipway.audit.AuditRecord.Planned;
import dev.slipway.audit.AuditRecord.Rested;
import dev.slipway.change.Artifact;
import dev.slipway.change.ChangeId;
import dev.slipway.change.CommitId;
import dev.slipway.change.Digest;
import dev.slipway.change.PullRequest;
import dev.slipway.change.ServiceName;
import dev.slipway.change.Slot;
import dev.slipway.ledger.LogReader;
import dev.slipway.ledger.TileSource;
import dev.slipway.ledger.TrustedKeys;
import dev.slipway.ledger.Verification;
import dev.slipway.ledger.VerifyOptions;
import dev.slipway.target.Serving;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compares what the log says with what is: the digests that run in each place of production, and
 * the commits of each base branch. What is there without a record is a discrepancy.
 */
public final class Reconciliation implements AuditVerification.Records {
  private static final String NOT_LET_IN = "no change with this commit was let into the branch";

  private final Map<ChangeId, PullRequest> pulls = new HashMap<>();
  private final Map<String, Decision> decisions = new HashMap<>();
  private final Map<Slot, Set<Digest>> stable = new TreeMap<>();
  private final Map<Slot, Set<Digest>> beside = new HashMap<>();
  private final Map<Branch, Commits> branches = new HashMap<>();
  private final Set<String> recorded = new HashSet<>();
  private long read;

  /** A base branch. */
  record Branch(String repository, String name) {}

  /** From where on a branch is known, and what was merged since. */
  private record Commits(CommitId first, Set<CommitId> merged) {}

  /**
   * Reads what the log has: all of it at first, verified; later what is new.
   *
   * @param size of the log's checkpoint
   * @throws IllegalStateException if the log does not verify, so that it says nothing; this is of
   *     no use then
   */
  public void catchUp(TileSource log, long size) {
    if (read == 0) {
      Verification verification =
          AuditVerification.verify(log, VerifyOptions.trusting(TrustedKeys.none()), this);
      if (!verification.ok()) {
        throw new IllegalStateException("the log does not verify; see slipway audit verify");
      }
      read = verification.size();
      return;
    }
    EntryReader reader = new EntryReader(log);
    try (Stream<byte[]> entries = new LogReader(log, Math.max(read, size)).entries(read)) {
      entries.forEach(entry -> takeNext(reader.read(entry)));
    }
  }

  private void takeNext(EntryReader.Entry entry) {
    switch (entry) {
      case EntryReader.Entry.Sound sound -> take(read++, sound.record());
      case EntryReader.Entry.Unsound unsound ->
          throw new IllegalStateException("entry " + read + " of the log: " + unsound.flaw());
    }
  }

  @Override
  public void take(long index, AuditRecord record) {
    switch (record) {
      case OfChange ofChange -> take(ofChange);
      case Discrepancy discrepancy -> recorded.add(discrepancy.key());
      case Administrative ignored -> {}
    }
  }

  /** Whether the log has this discrepancy of this day already. */
  public boolean isRecorded(Discrepancy discrepancy) {
    return recorded.contains(discrepancy.key());
  }

  private void take(OfChange record) {
    switch (record) {
      case Opened opened -> pulls.put(opened.change(), opened.pull());
      case Planned planned -> planned(planned);
      case Decision decision when decision.effect().movesProduction() -> permitted(decision);
      case Done done -> done(done);
      case Rested rested when !rested.state().equals("WAITING_FOR_PERSON") -> {
        pulls.remove(rested.change());
        decisions.keySet().removeIf(key -> key.startsWith(rested.change() + "/"));
      }
      default -> {}
    }
  }

  private void planned(Planned planned) {
    branch(planned.change())
        .ifPresent(
            branch ->
                branches.putIfAbsent(
                    branch, new Commits(planned.candidate().base(), new HashSet<>())));
  }

  private Optional<Branch> branch(ChangeId change) {
    return Optional.ofNullable(pulls.get(change))
        .map(pull -> new Branch(pull.repository(), pull.baseBranch()));
  }

  /** From its permission on a move may have happened: a crash can come before its record. */
  private void permitted(Decision decision) {
    decisions.put(decision.change() + "/" + decision.step(), decision);
    switch (decision.effect()) {
      case MERGE ->
          branch(decision.change())
              .map(branches::get)
              .ifPresent(commits -> commits.merged().add(decision.candidate().commit()));
      case SHIFT -> decision.slots().forEach(slot -> put(beside, slot, decision.artifacts()));
      case PROMOTE -> decision.slots().forEach(slot -> put(stable, slot, decision.artifacts()));
      case INSTALL_BASE -> decision.slots().forEach(slot -> of(stable, slot));
      case WITHDRAW -> decision.slots().forEach(slot -> put(stable, slot, decision.artifacts()));
      case INSPECT, ADD_TESTS, BUILD, STAGE, MIGRATE -> {}
    }
  }

  private void done(Done done) {
    Decision decision = decisions.get(done.change() + "/" + done.step());
    if (decision == null) {
      return;
    }
    if (decision.effect() == Effect.PROMOTE || decision.effect() == Effect.INSTALL_BASE) {
      for (Slot slot : decision.slots()) {
        of(stable, slot).clear();
        put(stable, slot, done.artifacts());
      }
    }
  }

  private static void put(
      Map<Slot, Set<Digest>> places, Slot slot, Map<ServiceName, Artifact> artifacts) {
    Artifact artifact = artifacts.get(slot.service());
    if (artifact != null) {
      of(places, slot).add(artifact.digest());
    }
  }

  private static Set<Digest> of(Map<Slot, Set<Digest>> places, Slot slot) {
    return places.computeIfAbsent(slot, any -> new HashSet<>());
  }

  /**
   * What is not as recorded.
   *
   * @param serving what each place serves
   */
  public List<Discrepancy> discrepancies(Function<Slot, Optional<Serving>> serving, Instant now) {
    List<Discrepancy> found = new ArrayList<>();
    stable.forEach((slot, digests) -> compare(slot, digests, serving.apply(slot), now, found));
    branches.forEach((branch, commits) -> compare(branch, commits, now, found));
    return found;
  }

  private static void compare(
      Branch branch, Commits commits, Instant now, List<Discrepancy> found) {
    String place = branch.repository() + " " + branch.name();
    try {
      BranchCommits.since(branch, commits.first()).stream()
          .filter(commit -> !commits.merged().contains(commit))
          .map(commit -> new Discrepancy(place, "commit " + commit, NOT_LET_IN, now))
          .forEach(found::add);
    } catch (UncheckedIOException | IllegalStateException e) {
      found.add(new Discrepancy(place, "nothing", "it cannot be compared: " + e.getMessage(), now));
    }
  }

  private void compare(
      Slot slot,
      Set<Digest> digests,
      Optional<Serving> serving,
      Instant now,
      List<Discrepancy> found) {
    Optional<Digest> runs = serving.flatMap(Serving::stable).map(Artifact::digest);
    if (runs.isPresent() && !digests.contains(runs.get())) {
      found.add(
          new Discrepancy(slot.toString(), runs.get().toString(), "recorded is " + digests, now));
    }
    if (runs.isEmpty() && !digests.isEmpty()) {
      found.add(new Discrepancy(slot.toString(), "nothing", "recorded is " + digests, now));
    }
    Optional<Digest> canary = serving.flatMap(Serving::canary).map(Artifact::digest);
    if (canary.isPresent() && !beside.getOrDefault(slot, Set.of()).contains(canary.get())) {
      found.add(
          new Discrepancy(
              slot.toString(),
              canary.get().toString(),
              "it takes traffic beside the stable version, and no decision permits that",
              now));
    }
  }
}
