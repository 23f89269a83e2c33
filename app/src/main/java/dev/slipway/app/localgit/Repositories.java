package dev.slipway.app.localgit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.errors.RepositoryNotFoundException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** The open repositories of this process, by their path; bare, with a working tree, or linked. */
final class Repositories implements AutoCloseable {
  private final Map<Path, Repository> open = new ConcurrentHashMap<>();

  Repository at(String repository) {
    try {
      return open.computeIfAbsent(Path.of(repository).toRealPath(), Repositories::open);
    } catch (IOException e) {
      throw new UncheckedIOException("there is no directory " + repository, e);
    }
  }

  static Repository open(Path directory) {
    SealedSystem.install();
    FileRepositoryBuilder builder = new FileRepositoryBuilder().setMustExist(true);
    Path dotGit = directory.resolve(".git");
    try {
      if (Files.exists(dotGit)) {
        builder.setWorkTree(directory.toFile());
      } else {
        builder.setGitDir(directory.toFile());
      }
      return builder.setup().build();
    } catch (RepositoryNotFoundException e) {
      throw new UncheckedIOException(
          directory + " is not a git repository; make one with: git init", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open the git repository " + directory, e);
    }
  }

  @Override
  public void close() {
    open.values().forEach(Repository::close);
    open.clear();
  }
}
