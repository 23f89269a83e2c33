package dev.slipway.app.detectors.code;

import dev.slipway.app.detectors.syntax.Language;
import dev.slipway.policy.Finding.Severity;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Readers that make more of their input than data. */
final class Loading {
  private static final Set<String> LOADERS =
      Set.of(
          "pickle.load",
          "pickle.loads",
          "cPickle.load",
          "cPickle.loads",
          "_pickle.loads",
          "dill.load",
          "dill.loads",
          "cloudpickle.load",
          "cloudpickle.loads",
          "marshal.loads",
          "marshal.load",
          "shelve.open",
          "jsonpickle.decode",
          "joblib.load",
          "pd.read_pickle",
          "pandas.read_pickle",
          "new ObjectInputStream",
          "new XMLDecoder",
          "serialize.unserialize",
          "unserialize",
          "pickle.Unpickler",
          "yaml.unsafe_load",
          "yaml.full_load",
          "yaml.unsafe_load_all",
          "SerializationUtils.deserialize",
          "new Kryo");

  private static final Set<String> XML =
      Set.of(
          "DocumentBuilderFactory.newInstance",
          "SAXParserFactory.newInstance",
          "XMLInputFactory.newInstance",
          "XMLInputFactory.newFactory",
          "new SAXReader",
          "new SAXBuilder",
          "XMLReaderFactory.createXMLReader");

  /** They read too, but mostly what the program itself has made. */
  private static final Set<String> XML_WRITERS =
      Set.of("TransformerFactory.newInstance", "SchemaFactory.newInstance");

  private static final Pattern READS =
      Pattern.compile("StreamSource|SAXSource|InputSource|InputStream|Reader\\b");

  private static final Pattern SEALED =
      Pattern.compile(
          "disallow-doctype-decl|external-general-entities|FEATURE_SECURE_PROCESSING|ACCESS_EXTERNAL|SUPPORT_DTD|IS_SUPPORTING_EXTERNAL_ENTITIES|setExpandEntityReferences\\(\\s*false|newDefaultNSInstance|setFeature|setAttribute|setProperty");

  private static final Pattern ENTITIES =
      Pattern.compile(
          "\\b(?:resolve_entities\\s*=\\s*True|noent\\s*:\\s*true|no_network\\s*=\\s*False)");

  private static final Pattern FILTERED =
      Pattern.compile(
          "filter\\s*=|is_relative_to|commonpath|startswith|getnames|safe_extract|members\\s*=");

  private Loading() {}

  static Optional<Danger> of(Call call) {
    if (makesObjects(call)) {
      return Optional.of(
          Danger.security(
              "deserialization",
              Severity.HIGH,
              call.callee() + " makes whatever objects the data names"));
    }
    String function = Text.around(call.tree(), call.node());
    Optional<Danger> entities = entities(call, function);
    if (entities.isPresent()) {
      return entities;
    }
    boolean archive =
        Set.of("extractall", "extractAllTo", "unpack_archive").contains(call.name())
            && call.language() == Language.PYTHON
            && !FILTERED.matcher(function).find();
    // Python's zipfile leaves out what leads elsewhere; its tarfile did not before 3.14.
    boolean zip = function.contains("zipfile") || function.contains("ZipFile");
    return archive
        ? Optional.of(
            Danger.security(
                "path-traversal",
                zip ? Severity.LOW : Severity.HIGH,
                "an archive says where its files go"))
        : Optional.empty();
  }

  private static Optional<Danger> entities(Call call, String function) {
    boolean open = !SEALED.matcher(function).find();
    boolean reader = XML.contains(call.callee()) && open;
    boolean writer = XML_WRITERS.contains(call.callee()) && open;
    boolean asked = ENTITIES.matcher(call.text()).find();
    if (!reader && !writer && !asked) {
      return Optional.empty();
    }
    boolean reads = reader || asked || READS.matcher(function).find();
    return Optional.of(
        Danger.security(
            "xml-entities",
            reads ? Severity.HIGH : Severity.LOW,
            "an XML reader that follows external entities"));
  }

  private static boolean makesObjects(Call call) {
    String text = call.text();
    String lower = call.callee().toLowerCase(Locale.ROOT);
    boolean yaml =
        call.callee().matches("yaml\\.load(?:_all)?")
            && call.language() == Language.PYTHON
            && !text.contains("SafeLoader");
    boolean typing =
        Set.of("enableDefaultTyping", "activateDefaultTyping", "activateDefaultTypingAsProperty")
            .contains(call.name());
    boolean stream = call.name().equals("fromXML") && lower.contains("stream");
    boolean snake =
        (call.callee().endsWith("new Yaml().load")
                || (call.callee().equals("new Yaml") && call.arguments().isEmpty()))
            && call.language() == Language.JAVA;
    boolean torch = call.callee().equals("torch.load") && !text.contains("weights_only=True");
    boolean numpy =
        call.callee().matches("(?:np|numpy)\\.load") && text.contains("allow_pickle=True");
    boolean readObject = call.name().equals("readObject") && lower.contains("objectinputstream");
    return LOADERS.contains(call.callee())
        || yaml
        || typing
        || stream
        || snake
        || torch
        || numpy
        || readObject;
  }
}
