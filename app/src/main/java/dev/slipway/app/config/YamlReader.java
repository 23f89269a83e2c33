package dev.slipway.app.config;

import dev.slipway.change.Printable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/**
 * Reads one YAML document into {@link YamlNode}s, from the parser's events, so that nothing in the
 * file is ever expanded or constructed. Bounded in bytes, depth and nodes; anchors, aliases, tags
 * and repeated keys are errors.
 */
final class YamlReader {
  static final int BYTES_MAX = 256 * 1024;
  static final int DEPTH_MAX = 32;
  static final int NODES_MAX = 20_000;
  private static final int NUMBER_LENGTH_MAX = 30;

  private final Errors errors;
  private final ScalarResolver resolver;
  private final Iterator<Event> events;
  private int nodes;

  private YamlReader(String text, Errors errors) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(BYTES_MAX).build();
    this.errors = errors;
    this.resolver = settings.getSchema().getScalarResolver();
    this.events = new Parse(settings).parseString(text).iterator();
  }

  /** The document's mapping, or nothing where there is none; what is wrong goes to the errors. */
  static Optional<YamlNode.Mapping> read(byte[] content, Errors errors) {
    if (content.length > BYTES_MAX) {
      errors.add(0, "", "the file has " + content.length + " bytes; at most " + BYTES_MAX);
      return Optional.empty();
    }
    Optional<String> text = decode(content);
    if (text.isEmpty()) {
      errors.add(0, "", "the file is not UTF-8 text");
      return Optional.empty();
    }
    try {
      return new YamlReader(text.get(), errors).document();
    } catch (Refused refused) {
      errors.add(refused.line, refused.key, refused.why);
    } catch (MarkedYamlEngineException e) {
      int line = line(e.getProblemMark().or(e::getContextMark));
      errors.add(line, "", "this is not YAML: " + Printable.of(e.getProblem()));
    } catch (YamlEngineException e) {
      errors.add(0, "", "this is not YAML: " + Printable.of(String.valueOf(e.getMessage())));
    }
    return Optional.empty();
  }

  private static Optional<String> decode(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(content))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private Optional<YamlNode.Mapping> document() {
    Event event = events.next();
    while (event.getEventId() == Event.ID.StreamStart
        || event.getEventId() == Event.ID.DocumentStart) {
      event = events.next();
    }
    if (event.getEventId() == Event.ID.StreamEnd) {
      throw new Refused(1, "", "the file is empty");
    }
    YamlNode root = node(event, "", 1);
    events.next();
    Event end = events.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new Refused(line(end.getStartMark()), "", "a second document begins; only one is read");
    }
    if (root instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    throw new Refused(root.line(), "", "expected a mapping of keys to values");
  }

  private YamlNode node(Event event, String key, int depth) {
    int line = line(event.getStartMark());
    if (depth > DEPTH_MAX) {
      throw new Refused(line, "", "nested deeper than " + DEPTH_MAX + " levels");
    }
    if (++nodes > NODES_MAX) {
      throw new Refused(line, "", "more than " + NODES_MAX + " values");
    }
    if (event instanceof AliasEvent) {
      errors.add(line, key, "an alias (*) is not accepted; write the value out");
      return new YamlNode.Scalar(line, YamlNode.Type.NOTHING, "");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      errors.add(line, key, "an anchor (&) is not accepted; write the value where it is used");
    }
    if (tagged(event)) {
      errors.add(line, key, "a tag (!) is not accepted");
    }
    return switch (event.getEventId()) {
      case MappingStart -> mapping(line, key, depth);
      case SequenceStart -> sequence(line, key, depth);
      case Scalar -> scalar((ScalarEvent) event, line, key);
      default -> throw new Refused(line, key, "expected a value");
    };
  }

  private static boolean tagged(Event event) {
    return (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
        || (event instanceof CollectionStartEvent collection && collection.getTag().isPresent());
  }

  private YamlNode mapping(int line, String key, int depth) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      int keyLine = line(event.getStartMark());
      if (!(event instanceof ScalarEvent name)) {
        throw new Refused(keyLine, key, "a key is a plain text");
      }
      String child = YamlNode.key(key, Printable.of(name.getValue()));
      if (name.getAnchor().isPresent()) {
        errors.add(keyLine, child, "an anchor (&) is not accepted");
      }
      YamlNode.Entry entry = new YamlNode.Entry(keyLine, node(events.next(), child, depth + 1));
      YamlNode.Entry first = entries.putIfAbsent(name.getValue(), entry);
      if (first != null) {
        errors.add(keyLine, child, "the key stands twice; the first is on line " + first.line());
      }
    }
    return new YamlNode.Mapping(line, entries);
  }

  private YamlNode sequence(int line, String key, int depth) {
    List<YamlNode> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(node(event, YamlNode.key(key, items.size()), depth + 1));
    }
    return new YamlNode.Sequence(line, items);
  }

  private YamlNode scalar(ScalarEvent event, int line, String key) {
    String text = event.getValue();
    YamlNode.Type type =
        type(resolver.resolve(text, event.getImplicit().canOmitTagInPlainScalar()));
    boolean number = type == YamlNode.Type.INTEGER || type == YamlNode.Type.DECIMAL;
    if (number && !isModest(text)) {
      errors.add(line, key, "this number is too large, or not one");
      return new YamlNode.Scalar(line, YamlNode.Type.INTEGER, "0");
    }
    return new YamlNode.Scalar(line, type, text);
  }

  /** Whether it is a number, which .inf is not, and writing it out takes a few characters only. */
  private static boolean isModest(String number) {
    if (number.length() > NUMBER_LENGTH_MAX) {
      return false;
    }
    try {
      return Math.abs(new BigDecimal(number).scale()) <= NUMBER_LENGTH_MAX;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static YamlNode.Type type(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return YamlNode.Type.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      return YamlNode.Type.DECIMAL;
    }
    if (tag.equals(Tag.BOOL)) {
      return YamlNode.Type.TRUTH;
    }
    return tag.equals(Tag.NULL) ? YamlNode.Type.NOTHING : YamlNode.Type.TEXT;
  }

  private static int line(Optional<Mark> mark) {
    return mark.map(Mark::getLine).orElse(-1) + 1;
  }

  /** Ends the reading: what follows cannot be understood. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int line;
    private final String key;
    private final String why;

    Refused(int line, String key, String why) {
      super(why, null, false, false);
      this.line = line;
      this.key = key;
      this.why = why;
    }
  }
}
