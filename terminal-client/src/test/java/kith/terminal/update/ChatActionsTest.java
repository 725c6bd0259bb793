package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kith.protocol.Role;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.RoomAnswers;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Draft;
import kith.terminal.model.Editor;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Overlay;
import kith.terminal.model.Size;
import kith.terminal.model.Timeline;
import kith.terminal.net.RefusedPost;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Keys and events, without a terminal.
class ChatActionsTest {

  private static Entry[] many(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(seq -> message(seq, "bob", "number " + seq))
        .toArray(Entry[]::new);
  }

  @Test
  void scrollingUpLoadsOlderEntriesAndKeepsThePosition() {
    var ann = Story.atHome(60, 16);
    ann.happens(new Input.Entered(Story.room("r3", "yard", 1_000)));
    assertThat(asked(ann).before()).hasValue(1_001);
    page(ann, 901, 1_000);

    for (int times = 0; times < 10; times++) ann.presses("PageUp");
    assertThat(asked(ann).before()).hasValue(901);
    page(ann, 801, 900);
    var seen = timeline(ann);
    ann.arrives("r3", many(1_001, 1_003));

    assertThat(timeline(ann)).isEqualTo(seen);
    ann.presses("Alt-e");
    assertThat(String.join("\n", ann.screen())).contains("number 1003");
  }

  /// Without the row with the number of new messages below.
  private static List<String> timeline(Story ann) {
    return ann.screen().subList(0, 13);
  }

  private static ClientFrame.History asked(Story ann) {
    return ann.latestCommand(SessionCommand.History.class).question();
  }

  private static void page(Story ann, long from, long to) {
    var asked = asked(ann);
    ann.happens(
        new Input.Net(
            new kith.terminal.net.SessionEvent.Page(
                asked.id(), asked.room(), List.of(many(from, to)), from > 1)));
  }

  @Test
  void theLoadedWindowIsBounded() {
    var ann = Story.atHome(60, 16);
    ann.happens(new Input.Entered(Story.room("r3", "yard", 5_000)));
    page(ann, 4_901, 5_000);
    for (long next = 5_001; next < 7_000; next += 100) ann.arrives("r3", many(next, next + 99));
    assertThat(ann.model().room("r3").orElseThrow().log().entries()).hasSize(Timeline.MAX);

    for (int times = 0; times < 1_500 && asked(ann).before().orElse(0) != 2; times++) {
      ann.presses("PageUp");
      var log = ann.model().room("r3").orElseThrow().log();
      if (log.isLoading() && asked(ann).before().isPresent()) {
        long before = asked(ann).before().getAsLong();
        page(ann, Math.max(1, before - 100), before - 1);
      }
      assertThat(log.entries().size()).isLessThanOrEqualTo(Timeline.MAX);
    }
    assertThat(String.join("\n", ann.screen())).contains("bob   number 1\n");

    ann.presses("Alt-e");
    assertThat(asked(ann).before()).hasValue(7_001);
    page(ann, 6_901, 7_000);
    assertThat(String.join("\n", ann.screen())).contains("number 7000");
  }

  @Test
  void anInvalidCommandShowsItsUsageAndStaysInTheEditor() {
    var ann = Story.atHome(80, 24);

    ann.types("/reply x");
    ann.presses("Enter");

    assertThat(ann.model().notice().lines()).containsExactly("Usage: /reply SEQ TEXT");
    assertThat(ann.model().editor().text()).isEqualTo("/reply x");
  }

  @Test
  void tabCompletesCommandsRoomsAndNames() {
    var ann = Story.atHome(80, 24);
    ann.happens(
        new Input.Members(
            "r1",
            List.of(
                new kith.protocol.rest.RoomAnswers.Member(
                    "barbara", kith.protocol.Role.MEMBER, Story.noon()))));

    ann.types("/sw");
    ann.presses("Tab");
    ann.types("lo");
    ann.presses("Tab", "Enter");
    assertThat(ann.model().current()).contains("r2");

    ann.presses("Alt-l");
    ann.types("hey @ba");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("hey @barbara ");
  }

  @Test
  void eachRoomKeepsItsDraft() {
    var ann = Story.atHome(80, 24);

    ann.types("half a tho");
    ann.presses("Alt-2");
    assertThat(ann.model().editor().isEmpty()).isTrue();
    ann.presses("Alt-1");

    assertThat(ann.model().editor().text()).isEqualTo("half a tho");
  }

  @Test
  void theMessageMenuRepliesEditsAndRemoves() {
    var ann = Story.atHome(80, 24);
    ann.arrives("r1", message(2, "bob", "one"), message(3, "ann", "two"));

    ann.presses("Alt-ArrowUp", "Alt-ArrowUp", "Enter");
    assertThat(ann.screen().getLast()).startsWith("▶ r reply  + react  x remove  ! report");
    ann.types("r");
    ann.types("yes");
    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post())
        .isInstanceOfSatisfying(
            ClientFrame.Send.class,
            send -> assertThat(send.replyTo()).isEqualTo(OptionalLong.of(2)));

    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("e");
    assertThat(ann.model().editor()).isEqualTo(Editor.of("two", new Editor.Edit(3)));
    ann.presses("Escape", "Alt-ArrowUp", "Enter");
    ann.types("x");
    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post())
        .isInstanceOfSatisfying(
            ClientFrame.Redact.class, redact -> assertThat(redact.target()).isEqualTo(3));
  }

  @Test
  void theEditorMovesByGraphemes() {
    var editor = Editor.of("a👩‍👩‍👧e\u0302", new Editor.Say());

    assertThat(editor.backspace().text()).isEqualTo("a👩‍👩‍👧");
    assertThat(editor.backspace().backspace().text()).isEqualTo("a");
    assertThat(editor.left().left().insert("b").text()).isEqualTo("ab👩‍👩‍👧e\u0302");
  }

  @Test
  void differentPasswordsAreNotSubmitted() {
    var start =
        Model.start(new Size(80, 24), ClientConf.shipped(), ZoneOffset.UTC)
            .loggingIn(Form.of("http://127.0.0.1:1"));
    var model = start;
    var requests = new ArrayList<Request>();
    for (var input :
        List.of(
            new Input.Typed("ann"),
            new Input.Key("Enter"),
            new Input.Typed("long enough"),
            new Input.Key("Enter"),
            new Input.Typed("long enouhg"),
            new Input.Key("Enter"))) {
      var step = Update.update(model, input, new Moment(Story.noon(), "id"));
      model = step.model();
      requests.addAll(step.requests());
    }

    assertThat(requests).noneMatch(Request.LogIn.class::isInstance);
    assertThat(model.form().map(form -> form.fields().get(Form.AGAIN).error()))
        .isEqualTo(Optional.of("The passwords differ."));
  }

  @Test
  void aPostOfAnEarlierRunThatIsAlreadyHistoryIsShownOnce() {
    var left = new ClientFrame.Send("m3", "r1", "are you there?", OptionalLong.empty());
    var ann = new Story(60, 16);
    ann.happens(new Input.LoggedIn("ann", "example.org", List.of(left), List.of(), List.of()));
    ann.online();
    ann.isIn("r1", "garden", 3, 3, 0);
    ann.listed();
    ann.pages("r1", message(2, "bob", "hello"), message(3, "ann", "are you there?"));
    ann.happens(new Input.Net(new SessionEvent.Sent(left, 3, Story.noon())));
    ann.arrives("r1", message(4, "bob", "yes"));

    var rows = ann.screen().stream().filter(row -> row.contains("are you there?")).toList();

    assertThat(rows).singleElement().asString().contains("✓");
  }

  @Test
  void aRefusedPostIsKeptByARestartAndByTheEndOfItsRoom() {
    var refused = new ClientFrame.Send("id", "r9", "remember me", OptionalLong.empty());
    var ann = new Story(100, 16);
    ann.happens(
        new Input.LoggedIn(
            "ann",
            "example.org",
            List.of(),
            List.of(new RefusedPost(refused, "You were removed.")),
            List.of()));
    ann.online();
    ann.isIn("r1", "garden", 1, 1, 0);
    ann.listed();
    ann.presses("Alt-n");

    assertThat(String.join("\n", ann.screen()))
        .contains("✗ remember me")
        .contains("You were removed.");

    ann.presses("Alt-d", "Enter");
    assertThat(ann.latestCommand(SessionCommand.Forget.class).post()).isEqualTo(refused);
    assertThat(ann.model().room("r9")).isEmpty();
  }

  @Test
  void messagesThatARestoreLostAreMarkedAsFailed() {
    var ann = Story.atHome(100, 16);
    ann.types("hello");
    ann.presses("Enter");
    var post = ann.latestCommand(SessionCommand.Post.class).post();
    ann.happens(new Input.Net(new SessionEvent.Sent(post, 2, Story.noon())));

    ann.happens(new Input.Net(new SessionEvent.Rewound("r1", 2, 1)));

    assertThat(String.join("\n", ann.screen()))
        .contains("✗ hello")
        .contains("garden: the server was restored from a backup; later");
  }

  private static void hasMembers(Story ann, String... names) {
    var members =
        Stream.of(names)
            .map(name -> new RoomAnswers.Member(name, Role.MEMBER, Story.noon()))
            .toList();
    ann.happens(new Input.Members("r1", members));
  }

  @Test
  void tabAtTheStartOfAMessageAddressesAUser() {
    var ann = Story.atHome(80, 24);
    hasMembers(ann, "barbara");

    ann.types("ba");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("barbara: ");

    ann.presses("Ctrl-u");
    ann.types("hey ba");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("hey barbara ");
  }

  @Test
  void moreTabsInsertTheNextWords() {
    var ann = Story.atHome(80, 24);
    hasMembers(ann, "barbara", "barnaby");

    ann.types("b");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("bar");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("barbara: ");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("barnaby: ");
    ann.presses("Tab", "ReverseTab");
    assertThat(ann.model().editor().text()).isEqualTo("barnaby: ");

    ann.types("hi");
    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post())
        .isInstanceOfSatisfying(
            ClientFrame.Send.class, send -> assertThat(send.body()).isEqualTo("barnaby: hi"));
    assertThat(ann.model().overlay()).isInstanceOf(Overlay.None.class);
  }

  @Test
  void tabAfterASlashListsEveryCommandPageByPage() {
    var ann = Story.atHome(80, 16);
    var commands = SubmittedLine.usages().keySet();
    var seen = new HashSet<String>();

    ann.types("/");
    ann.presses("Tab");
    for (int times = 0; times <= commands.size(); times++) {
      for (var row : ann.screen())
        commands.stream().filter(name -> row.matches("/" + name + "( .*|$)")).forEach(seen::add);
      ann.presses("Tab");
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(commands);
    assertThat(String.join("\n", ann.screen())).contains(" of " + commands.size() + ": Tab");
  }

  @Test
  void leavingARoomShowsOnlyThat() {
    var ann = Story.atHome(80, 24);
    ann.types("/leave");
    ann.presses("Enter");

    ann.happens(
        new Input.Net(
            new SessionEvent.RoomClosed(
                "r1", "not-a-member", "You are not a member of this room.")));
    ann.happens(new Input.Left("r1"));

    assertThat(ann.model().current()).contains("r2");
    assertThat(ann.model().notice().lines()).containsExactly("garden: you are no longer a member.");
    assertThat(ann.model().notice().isError()).isFalse();
  }

  @Test
  void aRemovalNamesTheRoom() {
    var ann = Story.atHome(80, 24);

    ann.happens(
        new Input.Net(
            new SessionEvent.RoomClosed("r2", "kicked", "You were removed from this room.")));

    assertThat(ann.model().notice().lines())
        .containsExactly("lobby: You were removed from this room.");
  }

  @Test
  void anAnswerThatArrivesInAnotherRoomNamesItsRoom() {
    var ann = Story.atHome(80, 24);
    ann.presses("Alt-2");

    ann.happens(new Input.Answer(List.of("ann, owner"), false, "r1"));

    assertThat(ann.model().notice().lines()).containsExactly("garden: ann, owner");
  }

  @Test
  void aNoticeDisappearsSomeTimeAfterTheUserWasActive() {
    var ann = Story.atHome(80, 24);
    ann.happens(new Input.Answer(List.of("an answer"), false));
    ann.passes(Duration.ofSeconds(90));
    assertThat(ann.model().notice().lines()).hasSize(1);

    ann.types("x");
    ann.passes(Duration.ofSeconds(1));
    assertThat(ann.model().notice().lines()).isEmpty();

    ann.happens(new Input.Answer(List.of("another"), false));
    ann.types("y");
    ann.passes(Duration.ofSeconds(30));
    assertThat(ann.model().notice().lines()).hasSize(1);
    ann.passes(Duration.ofSeconds(40));
    assertThat(ann.model().notice().lines()).isEmpty();
  }

  @Test
  void severalPastedLinesAreSentAfterAQuestion() {
    var ann = Story.atHome(80, 24);
    ann.happens(new Input.Pasted("one\ntwo\nthree\n"));
    ann.presses("Enter");

    assertThat(String.join("\n", ann.screen())).contains("Send 3 lines as one message?");
    assertThat(ann.commands()).noneMatch(SessionCommand.Post.class::isInstance);
    ann.presses("Escape");
    assertThat(ann.model().editor().text()).isEqualTo("one\ntwo\nthree\n");

    ann.presses("Enter", "Enter");
    assertThat(ann.latestCommand(SessionCommand.Post.class).post())
        .isInstanceOfSatisfying(
            ClientFrame.Send.class, send -> assertThat(send.body()).isEqualTo("one\ntwo\nthree"));
    assertThat(ann.model().editor().isEmpty()).isTrue();
  }

  @Test
  void aPasteThatIsLongerThanAMessageIsSentAsSeveral() {
    var ann = Story.atHome(80, 24);
    var lines = IntStream.range(0, 200).mapToObj(line -> "x".repeat(120) + line).toList();
    ann.happens(new Input.Pasted(String.join("\n", lines)));

    ann.presses("Enter");
    assertThat(String.join("\n", ann.screen())).contains("Send 200 lines as 2 messages?");
    ann.presses("Enter");

    var bodies =
        ann.commands().stream()
            .filter(SessionCommand.Post.class::isInstance)
            .map(it -> ((ClientFrame.Send) ((SessionCommand.Post) it).post()))
            .toList();
    assertThat(bodies).extracting(ClientFrame.Send::id).doesNotHaveDuplicates();
    assertThat(bodies)
        .extracting(ClientFrame.Send::body)
        .allMatch(body -> body.length() <= 16_384)
        .satisfies(it -> assertThat(String.join("\n", it)).isEqualTo(String.join("\n", lines)));
  }

  @Test
  void linesTypedByHandAndOnePastedLineAreSentAtOnce() {
    var ann = Story.atHome(80, 24);
    ann.types("one");
    ann.presses("Alt-Enter");
    ann.happens(new Input.Pasted("two\n"));

    ann.presses("Enter");

    assertThat(ann.commands()).anyMatch(SessionCommand.Post.class::isInstance);
  }

  @Test
  void aPasteThatDoesNotFitIsOfferedAsAFileAndNotCut() {
    var ann = Story.atHome(80, 24);
    ann.types("before");

    ann.happens(new Input.Pasted("x".repeat(Editor.MAX_CHARS)));

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Confirm.class);
    ann.presses("Escape");
    assertThat(ann.model().editor().text()).isEqualTo("before");
    assertThat(ann.requests()).noneMatch(Request.WriteText.class::isInstance);
  }

  @Test
  void draftsAreKeptByARestart() {
    var before = Story.atHome(80, 24);
    before.types("half a tho");
    assertThat(before.latest(Request.KeepDraft.class).draft().text()).isEqualTo("half a tho");
    var draft = before.latest(Request.KeepDraft.class).draft();

    var ann = new Story(80, 24);
    ann.happens(new Input.DraftsLoaded(List.of(draft)));
    ann.online();
    ann.isIn("r1", "garden", 1, 1, 0);
    ann.listed();
    assertThat(ann.model().editor().text()).isEqualTo("half a tho");

    ann.presses("Enter");
    var post = ann.latestCommand(SessionCommand.Post.class).post();
    ann.happens(new Input.Net(new SessionEvent.Kept(post)));
    assertThat(ann.latest(Request.KeepDraft.class).draft().text()).isEmpty();
  }

  @Test
  void theDraftOfARoomThatTheUserLeftIsDropped() {
    var ann = new Story(80, 24);
    ann.happens(
        new Input.DraftsLoaded(
            List.of(new Draft("r9", "gone", OptionalLong.empty(), OptionalLong.empty()))));
    ann.online();
    ann.isIn("r1", "garden", 1, 1, 0);
    ann.listed();

    assertThat(ann.model().room("r9")).isEmpty();
  }

  @Test
  void textTypedBeforeTheFirstRoomAppearsIsKept() {
    var ann = new Story(80, 24);
    ann.types("hello");
    ann.online();
    ann.isIn("r1", "garden", 1, 1, 0);
    ann.listed();

    assertThat(ann.model().editor().text()).isEqualTo("hello");
  }

  @Test
  void roomNumbersDoNotMoveWhenMessagesArrive() {
    var ann = Story.atHome(100, 24);
    ann.isIn("r3", "yard", 1, 1, 0);
    ann.listed();
    ann.arrives("r3", message(2, "bob", "@ann look"));
    assertThat(ann.screen().get(1)).startsWith(" 1 garden");
    assertThat(ann.screen().get(2)).startsWith(" 3 yard");
    assertThat(ann.screen().get(3)).startsWith(" 2 lobby");

    ann.presses("Alt-2");
    assertThat(ann.model().current()).contains("r2");

    ann.happens(new Input.Left("r1"));
    ann.isIn("r4", "attic", 1, 1, 0);
    ann.listed();
    assertThat(ann.model().numbers().of("r2")).hasValue(2);
    assertThat(ann.model().numbers().of("r3")).hasValue(3);
  }

  @Test
  void meSendsTheActionOfTheUserInItalics() {
    var ann = Story.atHome(80, 24);

    ann.types("/me waves");
    ann.presses("Enter");

    var post = (ClientFrame.Send) ann.latestCommand(SessionCommand.Post.class).post();
    assertThat(post.body()).isEqualTo("*ann waves*");
    assertThat(String.join("\n", ann.screen())).contains("◌ ann waves");
    ann.types("/me");
    ann.presses("Enter");
    assertThat(String.join("\n", ann.screen())).contains("Usage: /me TEXT");
  }
}
