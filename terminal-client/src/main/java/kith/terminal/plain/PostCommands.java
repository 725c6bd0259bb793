package kith.terminal.plain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import kith.protocol.frame.ClientFrame;
import kith.terminal.model.Pins;
import kith.terminal.net.Connection;
import kith.terminal.net.Refused;
import kith.terminal.net.SessionCommand;
import kith.terminal.profile.Access;

/// Executes the commands that post, and those about posts that the server refused.
record PostCommands(Access access, Transcript transcript, Connection connection, Desktop desktop) {

  void say(String room, String text, OptionalLong replyTo) throws InterruptedException {
    post(new ClientFrame.Send(newId(), room, text, replyTo));
  }

  void sendFile(String room, String path) throws InterruptedException {
    var file = LineFiles.upload(access.files(), path);
    post(new ClientFrame.Send(newId(), room, "", OptionalLong.empty(), Optional.of(List.of(file))));
  }

  void compose(String room, String begun) throws InterruptedException {
    String text;
    transcript.hold();
    try {
      text = desktop.edit(begun);
    } finally {
      transcript.release();
    }
    if (text.isBlank()) {
      transcript.print("-- nothing to send");
      return;
    }
    text.lines().forEach(it -> transcript.print("> " + Sanitizer.line(it)));
    post(new ClientFrame.Send(newId(), room, Emoji.replaced(text), OptionalLong.empty()));
  }

  void edit(String room, long target, String text) throws InterruptedException {
    post(new ClientFrame.Edit(newId(), room, target, text));
  }

  void redact(String room, long target, Optional<String> reason) throws InterruptedException {
    post(new ClientFrame.Redact(newId(), room, target, reason));
  }

  void react(String room, OptionalLong target, String emoji) throws InterruptedException {
    post(
        transcript
            .reaction(newId(), room, target, emoji)
            .orElseThrow(() -> Chat.refused("There is no message to react to.")));
  }

  void pin(String room, long target, boolean is) throws InterruptedException {
    post(Pins.post(newId(), room, target, is));
  }

  void retry(String room) throws InterruptedException {
    var post = transcript.takeRefused(room).orElseThrow(PostCommands::noneRefused);
    transcript.posting(post);
    connection.submit(new SessionCommand.Retry(post));
  }

  void drop(String room) {
    var post = transcript.takeRefused(room).orElseThrow(PostCommands::noneRefused);
    connection.submit(new SessionCommand.Forget(post));
    transcript.print("-- dropped: " + OwnPosts.summary(post));
  }

  private static Refused noneRefused() {
    return Chat.refused("No message was refused in this room.");
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  private void post(ClientFrame.Post post) throws InterruptedException {
    transcript.posting(post);
    connection.submit(new SessionCommand.Post(post));
  }
}
