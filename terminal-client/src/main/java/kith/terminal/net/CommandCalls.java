package kith.terminal.net;

import java.util.List;
import java.util.Optional;
import kith.protocol.rest.SlashCommands.AnswerCall;
import kith.protocol.rest.SlashCommands.AnsweredCall;
import kith.protocol.rest.SlashCommands.CallCommand;
import kith.protocol.rest.SlashCommands.Command;
import kith.protocol.rest.SlashCommands.CommandList;
import kith.protocol.rest.SlashCommands.MadeCall;
import kith.protocol.rest.SlashCommands.NewCommand;
import kith.protocol.rest.SlashCommands.RegisterCommands;

/// The REST calls about the commands of bots. They fail as those of [Rest].
public record CommandCalls(Rest rest) {
  public List<Command> list(String room) {
    return rest.get(commands(room), CommandList.class).commands();
  }

  /// Replaces the commands of this bot in a room.
  public void register(String room, List<NewCommand> all) {
    rest.request("PUT", commands(room), new RegisterCommands(all));
  }

  public MadeCall call(String room, CallCommand call) {
    return rest.ask("POST", calls(room), Optional.of(call), MadeCall.class);
  }

  public AnsweredCall answer(String room, String call, AnswerCall answer) {
    return rest.ask(
        "POST",
        calls(room) + "/" + Rest.part(call) + "/answer",
        Optional.of(answer),
        AnsweredCall.class);
  }

  private static String commands(String room) {
    return Rest.of(room) + "/commands";
  }

  private static String calls(String room) {
    return Rest.of(room) + "/calls";
  }
}
