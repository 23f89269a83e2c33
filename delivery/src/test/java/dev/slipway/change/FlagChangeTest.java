package dev.slipway.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlagChangeTest {
  private static FlagChange change(String id, String flag, List<ServiceName> services) {
    return new FlagChange(
        id,
        flag,
        services,
        List.of(),
        Person.human("ada@example.com"),
        Instant.parse("2026-01-05T10:00:00.123456Z"));
  }

  @Test
  void itSaysWhatWhenAndWho() {
    assertThat(change("a", "new checkout", List.of()).toString())
        .isEqualTo("flag new checkout changed at 2026-01-05T10:00:00.123Z by ada@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a b", "a\n", "../a"})
  void anIdIsPlain(String id) {
    assertThatThrownBy(() -> change(id, "flag", List.of())).hasMessageContaining("id is 1 to 100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\u202eb", "a\ud800", "a\u0000"})
  void aFlagsNameIsPrintable(String flag) {
    assertThatThrownBy(() -> change("a", flag, List.of())).hasMessageContaining("flag is 1 to 200");
  }

  @Test
  void listsAreBounded() {
    List<ServiceName> many = Collections.nCopies(201, new ServiceName("orders"));
    assertThatThrownBy(() -> change("a", "flag", many))
        .hasMessage("services names at most 200, not 201; leave it out for all");
  }
}
