package dev.slipway.change;

/** What is deployed, named by its content and by nothing else. */
public sealed interface Artifact {
  /** The content digest: what was reviewed is what was tested is what is deployed. */
  Digest digest();

  /**
   * One file, kept in Slipway's content-addressed store; {@code name} is its file name, for people.
   */
  record File(Digest digest, String name) implements Artifact {
    public File {
      if (name.isBlank() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
        throw new IllegalArgumentException(
            "an artifact's name is a plain file name, not: " + Printable.of(name));
      }
    }

    @Override
    public String toString() {
      return name + "@" + digest;
    }
  }

  /** An OCI image by digest; a tag is resolved once, before this is made, and never deployed. */
  record OciImage(String repository, Digest digest) implements Artifact {
    public OciImage {
      if (!repository.matches("[a-z0-9][a-z0-9._/:-]{0,254}")) {
        throw new IllegalArgumentException(
            "an image repository is lower-case host/path, not: " + Printable.of(repository));
      }
    }

    @Override
    public String toString() {
      return repository + "@" + digest;
    }
  }
}
