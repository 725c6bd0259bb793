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
import kith.protocol.rest.SlashCommands.RegisteredCommands;

/// The REST calls about the commands of bots. They fail as those of [Rest].
public record CommandCalls(Rest rest) {
  private static final String POSTED = "posted-calls";

  public List<Command> list(String room) {
    return rest.get(commands(room), CommandList.class).commands();
  }

  /// Replaces the commands of this bot in a room.
  public void register(String room, List<NewCommand> all) {
    rest.request("PUT", commands(room), new RegisterCommands(all, Optional.empty()));
  }

  /// The same for commands whose calls the server posts to a URL. Refused without a request if it
  /// would ignore the URL.
  ///
  /// @return the secret that signs the calls
  public String register(String room, List<NewCommand> all, String url) {
    if (!rest.features().has(POSTED)) throw Features.refusal(POSTED);
    return rest.ask(
            "PUT",
            commands(room),
            Optional.of(new RegisterCommands(all, Optional.of(url))),
            RegisteredCommands.class)
        .secret();
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
