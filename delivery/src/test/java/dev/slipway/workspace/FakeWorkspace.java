package dev.slipway.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.change.Candidate;
import dev.slipway.change.CommitId;
import dev.slipway.change.Diff;
import dev.slipway.change.Digest;
import dev.slipway.change.FileChange;
import dev.slipway.change.PullRequest;
import dev.slipway.change.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Repositories in memory, of text files, merged file by file. A commit's id is a digest of its
 * content, as in git; time is the number of the commit in seconds.
 */
public final class FakeWorkspace implements Workspace {
  private record Commit(SortedMap<String, String> files, List<CommitId> parents, Instant at) {}

  private final Map<String, Map<String, CommitId>> repositories = new HashMap<>();
  private final Map<CommitId, Commit> commits = new HashMap<>();
  private final Path checkouts;
  private final Sandbox sandbox;

  public FakeWorkspace(Path checkouts, Sandbox sandbox) {
    this.checkouts = checkouts;
    this.sandbox = sandbox;
  }

  /** A repository of this name, empty at first. */
  public TestRepository repository(String name) {
    Map<String, CommitId> branches = repositories.computeIfAbsent(name, key -> new HashMap<>());
    return new TestRepository() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public CommitId commit(String branch, Map<String, Optional<String>> files) {
        Optional<CommitId> parent = Optional.ofNullable(branches.get(branch));
        SortedMap<String, String> tree = new TreeMap<>();
        parent.ifPresent(id -> tree.putAll(commits.get(id).files()));
        files.forEach(
            (path, text) ->
                text.ifPresentOrElse(some -> tree.put(path, some), () -> tree.remove(path)));
        CommitId commit = add(tree, parent.stream().toList());
        branches.put(branch, commit);
        return commit;
      }

      @Override
      public void branchOff(String from, String branch) {
        branches.put(branch, branches.get(from));
      }
    };
  }

  private CommitId add(SortedMap<String, String> files, List<CommitId> parents) {
    String content = files + " " + parents;
    CommitId id = new CommitId(Digest.of(content.getBytes(UTF_8)).hex().substring(0, 40));
    commits.putIfAbsent(id, new Commit(files, parents, Instant.ofEpochSecond(commits.size())));
    return id;
  }

  @Override
  public Merge merge(PullRequest pull) {
    Optional<CommitId> base = branch(pull.repository(), pull.baseBranch());
    Optional<CommitId> head = branch(pull.repository(), pull.headBranch());
    if (base.isEmpty()) {
      return new Merge.NoBranch(pull.baseBranch());
    }
    if (head.isEmpty()) {
      return new Merge.NoBranch(pull.headBranch());
    }
    if (!head.get().equals(pull.head())) {
      return new Merge.HeadMoved(head.get());
    }
    Set<CommitId> inBase = ancestors(base.get());
    if (inBase.contains(head.get())) {
      return new Merge.NothingToMerge(base.get());
    }
    SortedMap<String, String> fork =
        ancestors(head.get()).stream()
            .filter(inBase::contains)
            .findFirst()
            .map(id -> commits.get(id).files())
            .orElseGet(TreeMap::new);
    return merge(fork, base.get(), head.get());
  }

  @Override
  public CommitId propose(String repository, CommitId head, Proposal proposal) {
    SortedMap<String, String> files = new TreeMap<>(commits.get(head).files());
    proposal
        .files()
        .forEach(
            (path, text) -> {
              if (files.put(path, text) != null) {
                throw new IllegalArgumentException(path + " is there already");
              }
            });
    return add(files, List.of(head));
  }

  private Merge merge(SortedMap<String, String> fork, CommitId base, CommitId head) {
    SortedMap<String, String> ours = commits.get(base).files();
    SortedMap<String, String> theirs = commits.get(head).files();
    SortedMap<String, String> merged = new TreeMap<>();
    List<String> conflicts = new ArrayList<>();
    for (String path : union(ours, theirs)) {
      Optional<String> old = Optional.ofNullable(fork.get(path));
      Optional<String> our = Optional.ofNullable(ours.get(path));
      Optional<String> their = Optional.ofNullable(theirs.get(path));
      if (!our.equals(their) && !our.equals(old) && !their.equals(old)) {
        conflicts.add(path);
      }
      (our.equals(old) ? their : our).ifPresent(text -> merged.put(path, text));
    }
    return conflicts.isEmpty()
        ? new Merge.Merged(new Candidate(add(merged, List.of(base, head)), head, base))
        : new Merge.Conflict(base, conflicts);
  }

  private static Set<String> union(Map<String, String> some, Map<String, String> others) {
    Set<String> all = new TreeSet<>(some.keySet());
    all.addAll(others.keySet());
    return all;
  }

  /** The commit and all before it, newest first. */
  private Set<CommitId> ancestors(CommitId last) {
    Set<CommitId> found =
        new TreeSet<>(
            java.util.Comparator.comparing((CommitId id) -> commits.get(id).at())
                .reversed()
                .thenComparing(CommitId::hex));
    List<CommitId> todo = new ArrayList<>(List.of(last));
    while (!todo.isEmpty()) {
      CommitId next = todo.removeLast();
      if (found.add(next)) {
        todo.addAll(commits.get(next).parents());
      }
    }
    return found;
  }

  @Override
  public Optional<CommitId> branch(String repository, String branch) {
    return Optional.ofNullable(repositories.getOrDefault(repository, Map.of()).get(branch));
  }

  @Override
  public Diff diff(String repository, CommitId base, CommitId candidate) {
    SortedMap<String, String> before = commits.get(base).files();
    SortedMap<String, String> after = commits.get(candidate).files();
    List<FileChange> changes = new ArrayList<>();
    for (String path : union(before, after)) {
      Optional<String> old = Optional.ofNullable(before.get(path));
      Optional<String> now = Optional.ofNullable(after.get(path));
      if (!old.equals(now)) {
        changes.add(change(path, old, now));
      }
    }
    return Diff.complete(changes);
  }

  private static FileChange change(String path, Optional<String> old, Optional<String> now) {
    FileChange.Kind kind =
        old.isEmpty()
            ? FileChange.Kind.ADDED
            : now.isEmpty() ? FileChange.Kind.DELETED : FileChange.Kind.MODIFIED;
    return new FileChange(
        kind,
        path,
        path,
        old.isEmpty() ? 0 : 0100644,
        now.isEmpty() ? 0 : 0100644,
        FileChange.Content.TEXT,
        List.of(TextDiff.hunk(old.orElse(""), now.orElse(""))));
  }

  @Override
  public SourceTree tree(String repository, CommitId commit) {
    SortedMap<String, String> files = commits.get(commit).files();
    return new SourceTree() {
      @Override
      public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(text -> text.getBytes(UTF_8));
      }

      @Override
      public List<String> paths() {
        return List.copyOf(files.keySet());
      }
    };
  }

  @Override
  public History history(String repository, CommitId last) {
    return (path, limit) ->
        ancestors(last).stream()
            .filter(id -> commits.get(id).parents().size() < 2)
            .flatMap(id -> touch(id, path).stream())
            .limit(limit)
            .toList();
  }

  private Optional<History.Touch> touch(CommitId id, String path) {
    Commit commit = commits.get(id);
    Optional<String> now = Optional.ofNullable(commit.files().get(path));
    Optional<String> old =
        commit.parents().stream()
            .findFirst()
            .flatMap(parent -> Optional.ofNullable(commits.get(parent).files().get(path)));
    if (now.equals(old)) {
      return Optional.empty();
    }
    FileChange change = change(path, old, now);
    return Optional.of(
        new History.Touch(
            id.hex(),
            "fake@example.com",
            commit.at(),
            change.added().size(),
            change.deleted().size()));
  }

  @Override
  public Checkout checkout(String repository, CommitId commit) {
    try {
      ScratchDirectory scratch = ScratchDirectory.in(checkouts, commit.brief() + "-");
      for (var file : commits.get(commit).files().entrySet()) {
        Path path = scratch.path().resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      return new FakeCheckout(scratch, sandbox);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record FakeCheckout(ScratchDirectory scratch, Sandbox sandbox) implements Checkout {
    @Override
    public Path directory() {
      return scratch.path();
    }

    @Override
    public Path seenAs() {
      return sandbox.seenAs(directory());
    }

    @Override
    public Execution run(SandboxedCommand command) {
      return sandbox.run(directory(), command);
    }

    @Override
    public void close() {
      sandbox.end(directory());
      scratch.close();
    }
  }
}
