package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.target.DeployTargetContract;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The page that says how to add a deploy target compiles, and keeps the contract it tells of. */
class ExtendingTest {
  private static final Path PAGE = Path.of("../docs/extending/add-a-deploy-target.md");
  private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("(?m)^(?:public final )?class (\\w+)");

  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> thePagesTargetKeepsTheContract() throws Exception {
    Path classes = compiled();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    Class<?> test = loader.loadClass("com.example.routes.RoutesFileTargetTest");
    assertThat(test).isAssignableTo(DeployTargetContract.class);
    List<Method> tests =
        Stream.of(DeployTargetContract.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .toList();
    assertThat(tests).hasSizeGreaterThan(8);
    return tests.stream()
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> run(test, method)));
  }

  /** What JUnit would do for a class it had been given. */
  private void run(Class<?> test, Method method) throws Exception {
    Constructor<?> constructor = test.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object instance = constructor.newInstance();
    var state = test.getDeclaredField("directory");
    state.setAccessible(true);
    state.set(instance, Files.createTempDirectory(directory, "routes"));
    method.setAccessible(true);
    method.invoke(instance);
  }

  private Path compiled() throws IOException {
    List<File> sources = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
    while (blocks.find()) {
      Matcher type = TYPE.matcher(blocks.group(1));
      assertThat(type.find()).isTrue();
      Path source = directory.resolve(type.group(1) + ".java");
      sources.add(Files.writeString(source, blocks.group(1)).toFile());
    }
    Path classes = Files.createDirectories(directory.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean done =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-proc:none",
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  files.getJavaFileObjectsFromFiles(sources))
              .call();
      assertThat(done).as(said.toString()).isTrue();
    }
    return classes;
  }
}
