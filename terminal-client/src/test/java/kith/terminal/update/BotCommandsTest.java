package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.Command;
import kith.terminal.model.Overlay;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The commands of bots on the screen.
class BotCommandsTest {
  private static final Command VOTE =
      new Command(
          "vote",
          "poll",
          "Vote in the poll",
          List.of(
              new Argument("number", Optional.empty(), Optional.empty()),
              new Argument("size", Optional.of(true), Optional.of(List.of("small", "large")))));

  private static final Command HELP = new Command("help", "poll", "About polls", List.of());

  private final Story ann = Story.atHome(100, 24);

  private void hears(long seq, String text) {
    ann.happens(
        new Input.Net(
            new SessionEvent.Arrived("r1", List.<Entry>of(Story.message(seq, "bob", text)))));
  }

  @Test
  void commandsOfBotsAreLoadedAtASlashAndOfferedAfterBuiltInOnes() {
    ann.types("/");
    assertThat(ann.requests()).contains(new Request.LoadCommands("r1"));

    ann.happens(new Input.CommandsListed("r1", List.of(HELP, VOTE)));
    ann.types("v");
    assertThat(screen())
        .contains("/versions SEQ")
        .contains("/vote NUMBER [small|large]  Vote in the poll (⚙ poll)");
    ann.types("o");
    ann.presses("Tab");
    assertThat(text()).isEqualTo("/vote ");
    // not asked for at each key
    assertThat(ann.requests()).filteredOn(Request.LoadCommands.class::isInstance).hasSize(1);
  }

  @Test
  void commandsThatArriveLaterAppearInTheOpenList() {
    ann.types("/vo");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);

    ann.happens(new Input.CommandsListed("r1", List.of(VOTE)));

    assertThat(screen()).contains("/vote NUMBER");
  }

  @Test
  void aCommandNamedLikeABuiltInOneNeedsTheNameOfItsBot() {
    ann.types("/");
    ann.happens(new Input.CommandsListed("r1", List.of(HELP, VOTE)));
    ann.types("poll:");
    assertThat(screen()).contains("/poll:help  About polls").contains("/poll:vote NUMBER");

    ann.types("help");
    ann.presses("Escape", "Enter");
    assertThat(called()).containsExactly("poll help ");
    ann.types("/help");
    ann.presses("Escape", "Enter");
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Help.class);
  }

  @Test
  void onlyAKnownCommandIsCalled() {
    ann.types("/");
    ann.happens(new Input.CommandsListed("r1", List.of(VOTE)));
    ann.types("Vote 2 large");
    ann.presses("Enter");
    assertThat(called()).containsExactly("any vote 2 large");
    assertThat(text()).isEmpty();

    ann.types("/vot 2");
    ann.presses("Enter");
    assertThat(text()).isEqualTo("/vot 2");
    assertThat(screen()).contains("There is no /vot");
    assertThat(called()).hasSize(1);
  }

  @Test
  void anAnswerForTheCallerAloneIsMarkedAndStaysAtItsPlace() {
    hears(2, "what is there?");
    answers(Optional.of("You voted for **pasta**."));
    hears(3, "lunch?");

    var screen = ann.screen();
    int answer = row(screen, "You voted for pasta.");
    assertThat(screen.get(answer - 1)).contains("⚙ poll (only you see this)");
    assertThat(row(screen, "lunch?")).isGreaterThan(answer);
  }

  @Test
  void aCallWithoutAnAnswerReportsTheKnownState() {
    hears(2, "what is there?");

    answers(Optional.empty());

    assertThat(screen()).contains("/vote: poll did not answer in time.");
  }

  @Test
  void anAnswerElsewhereIsAnnounced() {
    ann.types("/switch lobby");
    ann.presses("Escape", "Enter");

    answers(Optional.of("You voted."));

    assertThat(screen()).contains("garden: poll answered you.").doesNotContain("You voted.");
  }

  private void answers(Optional<String> body) {
    var why = body.isPresent() ? Optional.<String>empty() : Optional.of("no-answer");
    var sentence = why.map(_ -> "poll did not answer in time.");
    ann.happens(
        new Input.Net(
            new SessionEvent.Answered(
                new ServerFrame.Answer("c1", "r1", "poll", "vote", body, why, sentence))));
  }

  private List<String> called() {
    return ann.requests().stream()
        .filter(Request.Run.class::isInstance)
        .map(it -> (InputLine.Call) ((Request.Run) it).line())
        .map(it -> it.bot().orElse("any") + " " + it.command() + " " + it.text())
        .toList();
  }

  private String screen() {
    return String.join("\n", ann.screen());
  }

  private static int row(List<String> screen, String text) {
    for (int i = 0; i < screen.size(); i++) if (screen.get(i).contains(text)) return i;
    throw new AssertionError(text + " is not on " + screen);
  }

  private String text() {
    return ann.model().editor().text();
  }
}
