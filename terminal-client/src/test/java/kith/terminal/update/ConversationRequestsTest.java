package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Requests to begin a conversation, in the list of contacts.
class ConversationRequestsTest {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final Story ann = Story.atHome(60, 14);

  private static People.Request request(String user, String text) {
    return new People.Request(user, text, Story.noon(), Story.noon().plus(LIFETIME));
  }

  private void asked(List<People.Request> incoming, List<People.Request> outgoing) {
    var frame = new ServerFrame.Requests(incoming, outgoing, List.of(), true);
    ann.happens(new Input.Net(new SessionEvent.Requests(frame)));
  }

  @Test
  void requestsAreShownAndAnswered() {
    asked(List.of(request("eve", "May I ask?")), List.of(request("dave", "Hello")));
    assertThat(ann.screen().get(12)).endsWith("1 request: F9  F1 help");

    ann.presses("F9");

    assertThat(ann.screen().subList(1, 6))
        .containsExactly(
            " ┌─ Contacts and requests ────────────────────────────────┐",
            " │ ✉ eve                     asks: May I ask?             │",
            " │ ✉ dave                    has not answered: Hello      │",
            " │ Enter accepts  x declines  Escape closes               │",
            " └────────────────────────────────────────────────────────┘");
    ann.types("x");
    assertThat(ann.latest(Request.Run.class).line()).isEqualTo(new InputLine.Decline("eve"));
    ann.presses("Enter");
    assertThat(ann.latest(Request.Run.class).line())
        .as("beginning the conversation accepts")
        .isEqualTo(new InputLine.Message("eve", Optional.empty()));
  }

  @Test
  void anUnansweredRequestCanBeWithdrawn() {
    asked(List.of(), List.of(request("dave", "Hello")));
    ann.presses("F9");
    assertThat(ann.screen().get(3)).contains("x withdraws  Escape closes");

    ann.types("x");

    assertThat(ann.latest(Request.Run.class).line()).isEqualTo(new InputLine.Decline("dave"));
    assertThat(ann.screen().get(12)).doesNotContain("request:");
  }

  @Test
  void aRequestDisappearsWhenItIsOver() {
    asked(List.of(request("eve", "May I ask?")), List.of());

    ann.passes(LIFETIME.plusSeconds(1));

    assertThat(ann.model().contacts().sorted()).isEmpty();
  }

  @Test
  void aTextWithControlCharactersIsHarmless() {
    asked(List.of(request("eve", "a\u001b[31mb\u202ec")), List.of());

    ann.presses("F9");

    assertThat(String.join("", ann.screen())).doesNotContain("\u001b", "\u202e");
  }
}
