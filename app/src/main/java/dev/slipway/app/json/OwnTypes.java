package dev.slipway.app.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.jsontype.NamedType;

/**
 * Reads from the shape of our types what other code bases write as annotations: the domain knows no
 * JSON.
 */
final class OwnTypes extends NopAnnotationIntrospector {
  private static final long serialVersionUID = 1;
  private static final String OURS = "dev.slipway.";
  private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
  private static final Set<Class<?>> SCALARS =
      Set.of(String.class, int.class, long.class, double.class);

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedClass type && inSealedHierarchy(type.getRawType())
        ? JsonTypeInfo.Value.construct(
            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, true)
        : null;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedClass type
            && ours(type.getRawType())
            && type.getRawType().isSealed()
        ? members(type.getRawType()).map(NamedType::new).toList()
        : null;
  }

  /** The types at the ends of a sealed hierarchy, however deep it is. */
  private static Stream<Class<?>> members(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(OwnTypes::members)
        : Stream.of(type);
  }

  @Override
  public @Nullable String findTypeName(MapperConfig<?> config, AnnotatedClass type) {
    return inSealedHierarchy(type.getRawType()) ? label(type.getRawType()) : null;
  }

  @Override
  public String[] findEnumValues(
      MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
    if (ours(type.getRawType())) {
      for (int i = 0; i < constants.length; i++) {
        names[i] = constants[i].name().toLowerCase(Locale.ROOT);
      }
    }
    return names;
  }

  @Override
  public @Nullable Boolean hasAsValue(MapperConfig<?> config, Annotated annotated) {
    boolean component =
        annotated instanceof AnnotatedMethod method
            && method.getParameterCount() == 0
            && isScalar(method.getDeclaringClass())
            && isComponent(method);
    return component ? true : null;
  }

  @Override
  public JsonCreator.@Nullable Mode findCreatorAnnotation(
      MapperConfig<?> config, Annotated annotated) {
    boolean canonical =
        annotated instanceof AnnotatedConstructor constructor
            && constructor.getParameterCount() == 1
            && isScalar(constructor.getDeclaringClass())
            && SCALARS.contains(constructor.getRawParameterType(0));
    return canonical ? JsonCreator.Mode.DELEGATING : null;
  }

  private static boolean isComponent(AnnotatedMethod method) {
    return method.getDeclaringClass().getRecordComponents()[0].getName().equals(method.getName());
  }

  /** Whether this is a name or a number with a type of its own, such as a commit. */
  private static boolean isScalar(Class<?> type) {
    if (!ours(type) || !type.isRecord() || inSealedHierarchy(type)) {
      return false;
    }
    RecordComponent[] components = type.getRecordComponents();
    return components.length == 1 && SCALARS.contains(components[0].getType());
  }

  private static boolean inSealedHierarchy(Class<?> type) {
    return ours(type)
        && (type.isSealed()
            || Arrays.stream(type.getInterfaces()).anyMatch(OwnTypes::inSealedHierarchy));
  }

  private static boolean ours(Class<?> type) {
    return type.getName().startsWith(OURS);
  }

  /** {@code WaitingForPerson} becomes {@code waiting_for_person}. */
  static String label(Class<?> type) {
    return WORD_START.matcher(type.getSimpleName()).replaceAll("_").toLowerCase(Locale.ROOT);
  }
}
