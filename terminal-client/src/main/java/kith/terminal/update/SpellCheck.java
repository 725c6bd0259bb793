package kith.terminal.update;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import kith.protocol.Program;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.config.Conf;
import kith.terminal.model.Editor;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Completions;
import kith.terminal.model.SpelledWord;
import kith.terminal.model.Spelling;

/// Spell checking of the draft.
final class SpellCheck {
  private SpellCheck() {}

  /// Checks the words that are new in the draft, each once. The word at the cursor is still being
  /// typed.
  static void update(StepBuilder step, Model before) {
    var editor = step.editor;
    if (step.conf.spelling().equals(Conf.OFF) || editor.equals(before.editor())) return;
    if (editor.isEmpty() || step.form.isPresent()) return;
    var unknown =
        SpelledWord.of(editor.text()).stream()
            .filter(word -> word.end() != editor.cursor())
            .map(SpelledWord::text)
            .filter(word -> !step.spelling.knows(word))
            .distinct()
            .toList();
    if (unknown.isEmpty()) return;
    var names = names(step);
    var words =
        unknown.stream().filter(word -> !names.contains(word.toLowerCase(Locale.ROOT))).toList();
    if (words.isEmpty()) return;
    step.spelling = step.spelling.asking(words);
    step.request(new Request.CheckSpelling(words));
  }

  /// Members and rooms, which are in no dictionary.
  private static Set<String> names(StepBuilder step) {
    var names = new HashSet<String>();
    step.rooms.forEach(room -> names.add(room.name().toLowerCase(Locale.ROOT)));
    step.currentRoom().stream()
        .flatMap(room -> room.members().stream())
        .map(Member::user)
        .forEach(user -> names.add(user.toLowerCase(Locale.ROOT)));
    return names;
  }

  static void answered(StepBuilder step, Map<String, Spelling.Verdict> verdicts) {
    step.spelling = step.spelling.answered(verdicts);
  }

  static void learned(StepBuilder step, String word) {
    step.spelling = step.spelling.forgetting(Set.of(word));
    step.info("Your dictionary contains " + word + " now.");
  }

  /// Lists corrections for the wrong word at the cursor, or else for the nearest one before it, or
  /// for the first one after it.
  static void suggest(StepBuilder step) {
    var wrong = step.model().misspelled();
    if (wrong.isEmpty()) {
      step.info(
          step.spelling.isOn()
              ? "No word is spelled wrongly."
              : "There is no spell checker: "
                  + Program.NAME
                  + " help writing explains how to get one.");
      return;
    }
    var editor = step.editor;
    var word =
        wrong.reversed().stream()
            .filter(it -> it.start() <= editor.cursor())
            .findFirst()
            .orElse(wrong.getFirst());
    step.editor = new Editor(editor.text(), word.end(), editor.purpose(), editor.isPasted());
    var suggestions = step.spelling.wrong(word.text()).orElseThrow().suggestions();
    if (suggestions.isEmpty()) {
      step.info("No suggestion for " + word.text() + "; /learn adds it to your dictionary.");
      return;
    }
    var choices = suggestions.stream().map(it -> new Completions.Choice(it, it, it)).toList();
    step.overlay = new Overlay.Completions(word.start(), choices, -1, false);
  }

  /// `/learn WORD`
  ///
  /// @return false if this is not a word
  static boolean learn(StepBuilder step, String word) {
    var words = SpelledWord.of(word);
    if (!words.equals(List.of(new SpelledWord(0, word)))) return false;
    if (step.spelling.isOn()) step.request(new Request.LearnWord(word));
    else
      step.error(
          "There is no spell checker: " + Program.NAME + " help writing explains how to get one.");
    return true;
  }
}
