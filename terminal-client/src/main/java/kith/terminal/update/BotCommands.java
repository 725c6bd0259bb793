package kith.terminal.update;

import java.util.List;
import java.util.stream.Stream;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.SlashCommands.Command;
import kith.terminal.model.Model.Notice;
import kith.terminal.model.Overlay.Completions;
import kith.terminal.model.PrivateAnswer;
import kith.terminal.model.Room;
import kith.terminal.plain.CommandLines;
import kith.terminal.plain.InputLine;

/// The commands of bots: they are offered after the client's own, called, and answered.
final class BotCommands {
  private static final String FEATURE = "commands";

  private BotCommands() {}

  /// The user has typed a slash at the start of a message.
  static void load(StepBuilder step) {
    var room = step.current.orElse("");
    if (room.isEmpty() || !step.offers(FEATURE)) return;
    if (step.commands.isFresh(room, step.moment.now())) return;
    step.commands = step.commands.asked(room, step.moment.now());
    step.request(new Request.LoadCommands(room));
  }

  static void listed(StepBuilder step, String room, List<Command> commands) {
    step.commands = step.commands.loaded(room, commands);
    if (step.isCurrent(room)) Completion.refresh(step);
  }

  /// The completions of a typed beginning. A command with the name of one of the client's own needs
  /// the name of its bot.
  static Stream<Completions.Choice> choices(StepBuilder step, String prefix) {
    var own = SubmittedLine.usages();
    boolean isOfBot = prefix.contains(":");
    return step.commands.in(step.current.orElse("")).stream()
        .map(command -> {
          boolean isLong = isOfBot || own.containsKey(command.name());
          var word = isLong ? "/" + command.bot() + ":" + command.name() : "/" + command.name();
          return new Completions.Choice(word, word + " ", CommandLines.usage(command, word));
        })
        .filter(choice -> choice.name().startsWith(prefix));
  }

  /// Calls a command, unless it is known that no bot has it.
  ///
  /// @return whether the editor can be cleared
  static boolean call(StepBuilder step, Room room, InputLine.Call line) {
    boolean isLoaded =
        step.commands.room().equals(room.id()) && step.commands.commands().isPresent();
    boolean isKnown =
        step.commands.in(room.id()).stream()
            .anyMatch(it ->
                it.name().equals(line.command())
                    && line.bot().map(it.bot()::equalsIgnoreCase).orElse(true));
    if (!step.offers(FEATURE) || (isLoaded && !isKnown)) {
      step.error(line.otherwise());
      return false;
    }
    step.request(new Request.Run(line, room.id()));
    return true;
  }

  static void answered(StepBuilder step, ServerFrame.Answer answer) {
    var room = step.room(answer.room());
    if (room.isEmpty()) return;
    // the answer replaces the notice that the call was passed on
    if (step.isCurrent(answer.room())) step.notice = Notice.NONE;
    else step.info("%s: %s answered you.".formatted(room.get().name(), answer.bot()));
    step.change(
        answer.room(),
        it -> it.withAnswer(new PrivateAnswer(it.log().last(), step.moment.now(), answer)));
  }
}
