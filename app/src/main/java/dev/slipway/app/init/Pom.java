package dev.slipway.app.init;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The parts of a {@code pom.xml} that say how its project is built and run. */
final class Pom {
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{([A-Za-z0-9._-]{1,100})}");
  private static final int ROUNDS_MAX = 5;

  private final String directory;
  private final Element project;
  private final String text;
  private final Map<String, String> properties = new HashMap<>();

  private Pom(String directory, Element project, String text) {
    this.directory = directory;
    this.project = project;
    this.text = text;
    child(project, "properties")
        .ifPresent(all -> children(all).forEach(e -> properties.put(e.getTagName(), content(e))));
    properties.put("project.artifactId", artifactId());
    properties.put("project.version", version());
    properties.put("artifactId", artifactId());
    properties.put("version", version());
  }

  /** The directory's pom; empty if there is none, or it cannot be read. */
  static Optional<Pom> of(Folder folder) {
    return folder.text("pom.xml").flatMap(text -> parse(folder.name(), text));
  }

  private static Optional<Pom> parse(String directory, String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setExpandEntityReferences(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      Document document =
          builder.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      return Optional.of(new Pom(directory, document.getDocumentElement(), text));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform parses XML", e);
    } catch (SAXException | IOException e) {
      return Optional.empty();
    }
  }

  /** Where it lies; {@code .} for the repository's root. */
  String directory() {
    return directory;
  }

  String artifactId() {
    return text(project, "artifactId").orElse("app");
  }

  String version() {
    return text(project, "version")
        .or(() -> child(project, "parent").flatMap(parent -> text(parent, "version")))
        .orElse("");
  }

  String packaging() {
    return text(project, "packaging").orElse("jar");
  }

  /** The directories of its modules, relative to its own. */
  List<String> modules() {
    return child(project, "modules")
        .map(modules -> children(modules).stream().map(Pom::content).toList())
        .orElse(List.of());
  }

  /** The artifact's file name without its extension. */
  String finalName() {
    return child(project, "build")
        .flatMap(build -> text(build, "finalName"))
        .map(this::resolved)
        .orElseGet(() -> resolved("${project.artifactId}-${project.version}"));
  }

  private String resolved(String value) {
    String result = value;
    for (int i = 0; i < ROUNDS_MAX && result.contains("${"); i++) {
      Matcher matcher = PROPERTY.matcher(result);
      result =
          matcher.replaceAll(
              m -> Matcher.quoteReplacement(properties.getOrDefault(m.group(1), m.group())));
    }
    return result;
  }

  /** A plugin of the build by its artifact id; those of profiles and management do not count. */
  Optional<Element> plugin(String artifactId) {
    return child(project, "build")
        .flatMap(build -> child(build, "plugins"))
        .flatMap(
            plugins ->
                children(plugins).stream()
                    .filter(each -> text(each, "artifactId").filter(artifactId::equals).isPresent())
                    .findFirst());
  }

  /** The artifact ids of what it depends on, without what only tests need. */
  List<String> dependencies() {
    List<String> ids = new ArrayList<>();
    child(project, "dependencies")
        .ifPresent(
            all ->
                children(all).stream()
                    .filter(each -> text(each, "scope").filter("test"::equals).isEmpty())
                    .forEach(each -> text(each, "artifactId").ifPresent(ids::add)));
    return ids;
  }

  /** Whether the file has the text anywhere. */
  boolean mentions(String part) {
    return text.contains(part);
  }

  /** The first element of this name below another, at any depth. */
  static Optional<String> anywhere(Element element, String name) {
    Node found = element.getElementsByTagName(name).item(0);
    return found == null ? Optional.empty() : Optional.of(content((Element) found));
  }

  private static Optional<Element> child(Element parent, String name) {
    return children(parent).stream().filter(each -> each.getTagName().equals(name)).findFirst();
  }

  private static Optional<String> text(Element parent, String name) {
    return child(parent, name).map(Pom::content).filter(value -> !value.isEmpty());
  }

  private static String content(Element element) {
    return element.getTextContent().strip();
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
