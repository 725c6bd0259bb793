package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Markup;
import kith.terminal.model.Room;
import kith.terminal.plain.Sanitizer;

/// Copies the code blocks of messages to the clipboard.
final class CodeBlocks {
  private static final Pattern ARGUMENTS = Pattern.compile("(?:(\\d{1,18})(?:\\s+(\\d{1,4}))?)?");
  private static final int BEGINNING = 40;
  private static final int MAX_LISTED = 9;

  private CodeBlocks() {}

  /// Asks which block if the message has several.
  static void copy(StepBuilder step, Entry.Message message) {
    var blocks = Markup.code(message);
    if (blocks.size() < 2) {
      copy(step, blocks, 1);
      return;
    }
    SubmittedLine.addToHistory(step, step.editor.text());
    step.editor = step.editor.with("/code " + message.seq() + " ");
    step.isNormal = false;
    var lines = new ArrayList<String>();
    lines.add("Type the number of a code block:");
    for (int index = 0; index < Math.min(MAX_LISTED, blocks.size()); index++)
      lines.add("  " + (index + 1) + "  " + beginning(blocks.get(index)));
    if (blocks.size() > MAX_LISTED) lines.add("  … " + blocks.size());
    Notices.answer(step, lines, false, "");
  }

  private static String beginning(String code) {
    return Graphemes.fit(Sanitizer.line(code.strip()), BEGINNING);
  }

  /// @param rest the number of a message and that of a block; the latest ones without them
  static boolean command(StepBuilder step, String rest) {
    var numbers = ARGUMENTS.matcher(rest.strip());
    if (!numbers.matches() || step.shownRoom().isEmpty()) return false;
    var room = step.shownRoom().get();
    var message =
        numbers.group(1) == null
            ? latest(room)
            : room.log().find(Long.parseLong(numbers.group(1))).flatMap(CodeBlocks::message);
    var blocks = message.map(Markup::code).orElse(List.of());
    int wanted = numbers.group(2) == null ? blocks.size() : Integer.parseInt(numbers.group(2));
    copy(step, blocks, wanted);
    return true;
  }

  private static Optional<Entry.Message> latest(Room room) {
    return room.log().entries().reversed().stream()
        .flatMap(entry -> message(entry).stream())
        .filter(message -> !Markup.code(message).isEmpty())
        .findFirst();
  }

  private static Optional<Entry.Message> message(Entry entry) {
    return entry instanceof Entry.Message message ? Optional.of(message) : Optional.empty();
  }

  private static void copy(StepBuilder step, List<String> blocks, int number) {
    if (number < 1 || number > blocks.size()) step.info("There is no such code block.");
    else ScreenCommands.copy(step, blocks.get(number - 1));
  }
}
