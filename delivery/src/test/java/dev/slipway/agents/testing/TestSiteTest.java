package dev.slipway.agents.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.change.SourceTree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is found around a source, and where its tests go. */
class TestSiteTest {
  private record Files(Map<String, String> texts) implements SourceTree {
    @Override
    public Optional<byte[]> read(String path) {
      return Optional.ofNullable(texts.get(path)).map(String::getBytes);
    }

    @Override
    public List<String> paths() {
      return List.copyOf(texts.keySet());
    }
  }

  private static final Files TREE =
      new Files(
          new TreeMap<>(
              Map.of(
                  "a/shop.py",
                  "def price():\n  return 1\n",
                  "a/main.py",
                  "print(price())\ndef price():\n",
                  "a/test_main.py",
                  "fixture till\nprice()\n",
                  "a/helpers/tills.py",
                  "fixture oldTill\n",
                  "b/test_shop.py",
                  "fixture shop\n",
                  "b/test_shop_gap_1.py",
                  "",
                  "notes.txt",
                  "fixture none\n")));

  private static TestSite site(String root) {
    return new TestSite(TREE, root, FakeLanguage.PROFILE);
  }

  @Test
  void aTestOfTheSameNameIsNearest() {
    assertThat(site(".").nearest("a/shop.py").getFirst()).isEqualTo("b/test_shop.py");
    assertThat(site("a").nearest("a/shop.py")).containsExactly("a/test_main.py");
  }

  @Test
  void newTestsStandBesideTheNearestAndReplaceNone() {
    assertThat(site(".").newFiles("a/shop.py", 2))
        .containsExactly("b/test_shop_gap_2.py", "b/test_shop_gap_3.py");
    assertThat(site("c").newFiles("c/shop.py", 2)).isEmpty();
  }

  @Test
  void orBesideTheSourceWhereTheLanguageWantsThat() {
    TestSite site = new TestSite(TREE, ".", FakeLanguage.named("{folder}{stem}_gap{n}_test.py"));
    assertThat(site.newFiles("a/shop.py", 1)).containsExactly("a/shop_gap1_test.py");
    assertThat(site.newFiles("c/d.py", 1)).containsExactly("c/d_gap1_test.py");
  }

  @Test
  void fixturesOfTestsAndHelpersAreNamedWithTheirFiles() {
    assertThat(site(".").fixtures())
        .containsExactly(
            "oldTill (a/helpers/tills.py)", "shop (b/test_shop.py)", "till (a/test_main.py)");
  }

  @Test
  void callersAreLinesOfProductionCode() {
    Gap gap = new Gap("a/shop.py", "price", new TreeSet<>(List.of(2)));
    assertThat(site(".").callers(gap)).containsExactly("a/main.py:1: print(price())");
  }
}
