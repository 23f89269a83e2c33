package dev.slipway.app.coverage;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A cursor over XML from outside. Document types are skipped and their entities unknown, so that
 * neither files are read (T1) nor entities expanded (T2).
 */
final class Xml {
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;

  private Xml(XMLStreamReader reader) {
    this.reader = reader;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
    return factory;
  }

  static Xml of(byte[] content) throws Malformed {
    try {
      return new Xml(FACTORY.createXMLStreamReader(new ByteArrayInputStream(printable(content))));
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  /** Goes to the next start or end of an element; false at the document's end. */
  boolean next() throws Malformed {
    try {
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) {
          return true;
        }
      }
      return false;
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  boolean isStart() {
    return reader.isStartElement();
  }

  boolean starts(String name) {
    return reader.isStartElement() && reader.getLocalName().equals(name);
  }

  boolean ends(String name) {
    return reader.isEndElement() && reader.getLocalName().equals(name);
  }

  String name() {
    return reader.getLocalName();
  }

  Optional<String> attribute(String name) {
    return Optional.ofNullable(reader.getAttributeValue(null, name));
  }

  /** An attribute without which the element says nothing. */
  String required(String name) throws Malformed {
    Optional<String> value = attribute(name);
    if (value.isEmpty()) {
      throw new Malformed("<" + reader.getLocalName() + "> has no " + name + at());
    }
    return value.get();
  }

  /** A line number; tools write 0 or less for code that stands on no line. */
  int lineNumber(String name) throws Malformed {
    return Numbers.line(required(name), at());
  }

  /** The text up to the element's end. */
  String text() throws Malformed {
    try {
      StringBuilder text = new StringBuilder();
      int depth = 1;
      while (depth > 0) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> depth++;
          case XMLStreamConstants.END_ELEMENT -> depth--;
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
              text.append(reader.getText());
          default -> {}
        }
      }
      return text.toString();
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private String at() {
    return " (line " + reader.getLocation().getLineNumber() + ")";
  }

  private static Malformed malformed(XMLStreamException e) {
    return new Malformed(
        "it is not well-formed XML: " + String.valueOf(e.getMessage()).replace('\n', ' '));
  }

  /**
   * The same bytes with blanks in place of control characters: node's reporter writes terminal
   * escapes as they are, which no XML parser accepts. UTF-16, where such bytes are parts of
   * letters, is left as it is.
   */
  private static byte[] printable(byte[] content) {
    boolean wide =
        content.length > 1 && (content[0] == 0 || content[1] == 0 || (content[0] & 0xfe) == 0xfe);
    if (wide) {
      return content;
    }
    byte[] clean = content.clone();
    for (int i = 0; i < clean.length; i++) {
      byte b = clean[i];
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r') {
        clean[i] = ' ';
      }
    }
    return clean;
  }
}
