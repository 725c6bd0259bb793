package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kith.terminal.model.Spelling.Verdict;
import kith.terminal.update.Input;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The spell checker, with a program that speaks as hunspell does in its pipe mode.
class SpellCheckerTest {
  private static final Map<String, String> GERMAN = Map.of("LANG", "de_DE.UTF-8");

  @TempDir private Path directory;
  private final BlockingQueue<Input> inputs = new LinkedBlockingQueue<>();

  /// @param cases of a shell's `case` over a line of input
  private SpellChecker checker(String setting, Map<String, String> environment, String... cases)
      throws IOException {
    var script =
        """
        #!/bin/sh
        echo "$@" > %1$s/arguments
        echo "start" >> %1$s/starts
        echo "@(#) International Ispell Version 3.2.06 (but really Hunspell 1.7.1)"
        while IFS= read -r line; do
          echo "$line" >> %1$s/lines
          case "$line" in
        %2$s
          esac
        done
        """
            .formatted(directory, String.join("\n", cases));
    return running(setting, environment, script);
  }

  private SpellChecker running(String setting, Map<String, String> environment, String script)
      throws IOException {
    var program = directory.resolve("hunspell");
    Files.writeString(program, script);
    return new SpellChecker(List.of("sh", program.toString()), setting, environment, inputs::add);
  }

  private Input next() throws InterruptedException {
    var input = inputs.poll(180, TimeUnit.SECONDS);
    assertThat(input).isNotNull();
    return input;
  }

  @Test
  void wrongWordsHaveSuggestions() throws Exception {
    try (var checker =
        checker(
            "en_GB,de_DE",
            Map.of(),
            "'^wrod') echo '& wrod 3 1: word, rod, wood'; echo;;",
            "'^qqxz') echo '# qqxz 1'; echo;;",
            "'^half’wrod') echo '*'; echo '& wrod 1 6: word'; echo;;",
            "'#'|\\**) ;;",
            "*) echo '*'; echo;;")) {
      checker.check(List.of("wrod", "right", "qqxz", "half’wrod"));

      assertThat(next())
          .isEqualTo(
              new Input.Spelled(
                  Map.of(
                      "wrod", new Verdict(false, List.of("word", "rod", "wood")),
                      "right", new Verdict(true, List.of()),
                      "qqxz", new Verdict(false, List.of()),
                      "half’wrod", new Verdict(false, List.of()))));
      assertThat(directory.resolve("arguments")).hasContent("-a -i UTF-8 -d en_GB,de_DE");

      checker.learn("qqxz");
      assertThat(next()).isEqualTo(new Input.Learned("qqxz"));
      next();
      assertThat(Files.readAllLines(directory.resolve("lines"))).contains("*qqxz", "#");
      assertThat(directory.resolve("starts")).hasContent("start");
    }
  }

  @Test
  void theLanguageOfTheUserChoosesTheDictionary() throws Exception {
    try (var checker = checker("auto", GERMAN, "*) echo '*'; echo;;")) {
      checker.check(List.of("Wort"));

      assertThat(next()).isInstanceOf(Input.Spelled.class);
      assertThat(directory.resolve("arguments")).hasContent("-a -i UTF-8 -d de_DE");
    }
  }

  @Test
  void nothingIsCheckedIfTheLocaleNamesNoLanguage() throws Exception {
    for (var locale : List.of(".", "@", "C.UTF-8"))
      try (var checker = checker("auto", Map.of("LANG", locale), "*) echo '*'; echo;;")) {
        checker.check(List.of("word"));
      }

    assertThat(directory.resolve("starts")).doesNotExist();
    assertThat(inputs).isEmpty();
  }

  @Test
  void aProgramThatEndsIsRestartedAFewTimesAndAMissingDictionaryIsReported() throws Exception {
    try (var checker =
        running("xx_XX", Map.of(), "#!/bin/sh\necho start >> " + directory + "/starts\nexit 1\n")) {
      for (int more = 0; more < 5; more++) checker.check(List.of("word"));

      assertThat(next())
          .isEqualTo(
              new Input.Answer(
                  List.of("Words are not checked: hunspell has no dictionary xx_XX."), true));
      assertThat(Files.readAllLines(directory.resolve("starts"))).hasSize(3);
      assertThat(inputs).isEmpty();
    }
  }

  @Test
  void anAnswerThatIsTooLongEndsTheProgram() throws Exception {
    try (var checker =
        checker("en_GB", Map.of(), "*) head -c 100000 /dev/zero | tr '\\0' 'x'; sleep 60;;")) {
      for (int more = 0; more < 3; more++) checker.check(List.of("word"));

      assertThat(next()).isInstanceOf(Input.Answer.class);
    }
  }

  @Test
  void noSpellCheckerStartsWithoutALanguageOrWhileSpellingIsOff() throws Exception {
    for (var setting : List.of("auto", "off")) {
      try (var checker = checker(setting, Map.of("LANG", "C.UTF-8"), "*) echo '*'; echo;;")) {
        checker.check(List.of("word"));
        checker.learn("word");
      }
    }

    assertThat(directory.resolve("starts")).doesNotExist();
  }

  @Test
  void aMissingProgramIsNotAnError() throws Exception {
    var missing = List.of(directory.resolve("none").toString());
    try (var checker = new SpellChecker(missing, "auto", GERMAN, inputs::add);
        var chosen = new SpellChecker(missing, "de_DE", GERMAN, inputs::add)) {
      for (int more = 0; more < 3; more++) {
        checker.check(List.of("word"));
        chosen.check(List.of("word"));
      }

      assertThat(next()).isInstanceOf(Input.Answer.class);
      assertThat(inputs).isEmpty();
    }
  }
}
