package dev.slipway.app.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdgeArgumentsTest {
  @Test
  void whatIsWrongIsNamed() {
    assertThatThrownBy(() -> EdgeArguments.parse("--state", "x", "--shout", "1"))
        .hasMessageContaining("--shout");
    assertThatThrownBy(() -> EdgeArguments.parse("--admin-port", "1"))
        .hasMessageContaining("--state");
    assertThatThrownBy(() -> EdgeArguments.parse("--state", "x", "--drain-ms", "soon"))
        .hasMessageContaining("--drain-ms must be a number in");
    assertThatThrownBy(() -> EdgeArguments.parse("--state", "x", "--admin-port", "65536"))
        .hasMessageContaining("0..65535");
    assertThatThrownBy(() -> EdgeArguments.parse("--state"))
        .hasMessageContaining("--state needs a value");
    assertThatThrownBy(() -> EdgeArguments.parse("--state", "x", "--state", "y"))
        .hasMessageContaining("given twice");
  }

  @Test
  void optionsSurviveTheCommandLine() {
    EdgeOptions options = EdgeOptions.defaults();
    List<String> line = new ArrayList<>(List.of("--state", "x"));
    line.addAll(EdgeArguments.of(options));
    assertThat(EdgeArguments.parse(line.toArray(String[]::new)).options()).isEqualTo(options);
    assertThat(EdgeArguments.parse("--state", "x"))
        .matches(parsed -> parsed.options().equals(options))
        .matches(parsed -> parsed.ports().equals(new AdminServer.Ports(0, 0)));
  }

  @Test
  void withoutSetsidAShellIgnoresTheTerminalsSignals() {
    assertThat(Detachment.prefix("/nowhere:")).startsWith("/bin/sh", "-c").hasSize(4);
  }
}
