package kith.terminal.command;

import java.time.Duration;
import java.util.List;
import kith.terminal.plain.ProgramEvent;
import kith.terminal.runtime.ChildProcess;

/// The program of a bot that is started for each event. It receives the event as a line of JSON on
/// its standard input, and in its environment.
record BotProgram(List<String> command, Duration timeout) {
  BotProgram {
    command = List.copyOf(command);
  }

  ChildProcess.Result run(ProgramEvent event, String me) throws InterruptedException {
    return new ChildProcess(
            command, event.environment(me), ProcessBuilder.Redirect.INHERIT, timeout)
        .run(event.json());
  }
}
