package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Threads.ThreadCount;
import kith.protocol.rest.Threads.ThreadFollow;
import kith.protocol.rest.Threads.ThreadPage;
import kith.terminal.config.ClientConf;
import kith.terminal.config.Conf;
import kith.terminal.model.Editor;
import kith.terminal.model.Picker.Item;
import kith.terminal.model.Picker.Kind;
import kith.terminal.model.Size;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.InputLine;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Threads: their pane, their counts, and the view that folds them.
class ThreadActionsTest {
  private final Story ann = arrived(Story.atHome(80, 24));

  private static Story arrived(Story ann) {
    ann.arrives(
        "r1",
        message(2, "bob", "tea?"),
        message(3, "bob", "the plan"),
        reply(4, "cem", "at five", 2, 2),
        reply(5, "bob", "fine", 4, 2));
    return ann;
  }

  private static Entry.Message reply(long seq, String by, String body, long to, long root) {
    var message = message(seq, by, body);
    return new Entry.Message(
            message.seq(),
            message.at(),
            message.by(),
            message.id(),
            message.body(),
            OptionalLong.of(to),
            Optional.empty(),
            Optional.empty(),
            message.mentions())
        .inThread(OptionalLong.of(root));
  }

  private static Conf folding() {
    var usual = ClientConf.shipped();
    return new Conf(
        usual.theme(),
        usual.keys(),
        usual.notifications(),
        usual.hooks(),
        usual.mouse(),
        usual.links(),
        usual.strikes(),
        usual.rooms(),
        usual.membersPane(),
        usual.idleAfter(),
        usual.tellsTyping(),
        usual.hasClipboard(),
        usual.hasCache(),
        usual.downloads(),
        usual.pictures(),
        usual.isUpEditing(),
        true,
        usual.spelling(),
        List.of());
  }

  private static String screen(Story who) {
    return String.join("\n", who.screen());
  }

  private String screen() {
    return screen(ann);
  }

  private void opens(long seq) {
    ann.happens(new Input.Typed("/thread " + seq));
    ann.presses("Enter");
  }

  private void loaded(Optional<ThreadFollow> follow) {
    var asked = ann.latest(Request.LoadThread.class);
    ann.happens(
        new Input.ThreadLoaded(
            "r1",
            asked.seq(),
            asked.before(),
            new ThreadPage(
                "r1",
                2,
                Optional.of(message(2, "bob", "tea?")),
                List.of(reply(4, "cem", "at five", 2, 2), reply(5, "bob", "fine", 4, 2)),
                OptionalLong.empty(),
                2,
                follow)));
  }

  private void follows(long last, long read, int unread) {
    follows(ann, last, read, unread);
  }

  private static void follows(Story who, long last, long read, int unread) {
    who.happens(
        new Input.Net(
            new SessionEvent.Thread(
                new ServerFrame.Thread("r1", 2, true, 2, OptionalLong.of(last), read, unread))));
  }

  @Test
  void aMessageShowsHowManyRepliesItHas() {
    assertThat(screen()).contains("↳ 2 replies", "at five");

    // the server has counted the first of them
    ann.happens(new Input.RepliesCounted("r1", List.of(new ThreadCount(2, 8, 4))));

    assertThat(screen()).contains("↳ 9 replies");
  }

  @Test
  void theKeyShowsTheThreadAloneAndEscapeReturns() {
    ann.presses("Alt-ArrowUp", "Enter");
    ann.types("t");
    assertThat(ann.latest(Request.LoadThread.class))
        .isEqualTo(new Request.LoadThread("r1", 2, OptionalLong.empty()));
    loaded(Optional.empty());

    assertThat(screen())
        .contains("thread of bob in garden — 2 replies", "tea?", "at five", "fine")
        .doesNotContain("the plan", "no longer kept");

    ann.presses("Escape");
    assertThat(screen()).contains("the plan").doesNotContain("thread of bob");
  }

  @Test
  void aMessageWrittenInAThreadAnswersItsFirstMessage() {
    opens(5);
    loaded(Optional.empty());
    ann.types("see you");
    ann.presses("Enter");

    var post = (ClientFrame.Send) ann.latestCommand(SessionCommand.Post.class).post();
    assertThat(post.replyTo()).hasValue(2);
    assertThat(screen()).contains("see you");
    ann.arrives("r1", reply(6, "dan", "me too", 2, 2), message(7, "dan", "other"));
    assertThat(screen()).contains("me too", "3 replies").doesNotContain("other", "unread");
  }

  @Test
  void aFileIsSentToTheThreadOnTheScreen() {
    opens(5);
    loaded(Optional.empty());
    ann.happens(new Input.Typed("/file ~/plan.txt"));
    ann.presses("Enter");
    var asked = ann.latest(Request.FindFile.class);
    assertThat(asked.replyTo()).hasValue(2);

    ann.happens(found(asked));
    var upload = ann.latestCommand(SessionCommand.KeepUpload.class).upload();
    assertThat(screen()).contains("thread of bob", "▣ plan.txt");
    ann.happens(new Input.Net(new SessionEvent.UploadKept(upload)));
    ann.happens(new Input.Uploaded(upload.as("f1")));

    assertThat(ann.latestCommand(SessionCommand.Post.class).post())
        .isEqualTo(
            new ClientFrame.Send(
                upload.id(), "r1", "", OptionalLong.of(2), Optional.of(List.of("f1"))));
  }

  private static Input.FileFound found(Request.FindFile asked) {
    return new Input.FileFound(
        asked.room(), asked.replyTo(), "/home/ann/plan.txt", "plan.txt", 12, asked.pasted());
  }

  @Test
  void aPastedPathAndALongTextAreSentToTheThreadOnTheScreen() {
    opens(5);
    loaded(Optional.empty());
    ann.happens(new Input.Pasted("/home/ann/plan.txt"));
    ann.happens(found(ann.latest(Request.FindFile.class)));
    // the question is about the thread that was on the screen
    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.KeepUpload.class).upload().replyTo()).hasValue(2);
    assertThat(screen()).contains("thread of bob");

    ann.happens(new Input.Pasted("one\ntwo\nthree"));
    ann.presses("Enter", "Tab");
    assertThat(ann.latest(Request.WriteText.class).replyTo()).hasValue(2);
  }

  @Test
  void aFailedFileIsTriedAgainInItsThread() {
    opens(5);
    loaded(Optional.empty());
    ann.happens(new Input.Pasted("/home/ann/plan.txt"));
    ann.happens(found(ann.latest(Request.FindFile.class)));
    ann.presses("Enter");
    var upload = ann.latestCommand(SessionCommand.KeepUpload.class).upload();
    ann.happens(new Input.Net(new SessionEvent.UploadKept(upload)));
    ann.happens(new Input.UploadFailed(upload, "No space left."));

    ann.presses("Alt-r");

    assertThat(ann.latestCommand(SessionCommand.KeepUpload.class).upload().replyTo()).hasValue(2);
    assertThat(screen()).contains("thread of bob", "▣ plan.txt").doesNotContain("not sent");
  }

  @Test
  void aHalfWrittenAnswerStaysAnAnswerWhenTheThreadCloses() {
    opens(2);
    loaded(Optional.empty());
    ann.types("see");
    ann.presses("Escape");

    assertThat(ann.model().editor().purpose()).isEqualTo(new Editor.Reply(2));
    assertThat(ann.model().editor().text()).isEqualTo("see");
  }

  @Test
  void aFollowedThreadIsReadWhileItIsOnTheScreen() {
    opens(2);
    loaded(Optional.of(new ThreadFollow(4, 1)));
    assertThat(ann.latest(Request.ReadThread.class)).isEqualTo(new Request.ReadThread("r1", 2, 5));
    assertThat(screen()).contains(" unread ");

    ann.arrives("r1", reply(6, "dan", "me too", 2, 2));
    assertThat(ann.latest(Request.ReadThread.class)).isEqualTo(new Request.ReadThread("r1", 2, 6));
    assertThat(ann.model().room("r1").orElseThrow().reading().read()).isLessThan(6);
  }

  @Test
  void aThreadThatIsNotFollowedIsNotRead() {
    opens(2);
    loaded(Optional.empty());

    assertThat(ann.requests()).noneMatch(Request.ReadThread.class::isInstance);
  }

  @Test
  void inTheLinearViewTheRoomReadsItsThreads() {
    follows(5, 2, 2);

    assertThat(ann.latest(Request.ReadThread.class)).isEqualTo(new Request.ReadThread("r1", 2, 5));
    assertThat(screen()).doesNotContain("thread: /threads", "new");
  }

  @Test
  void theOtherViewFoldsRepliesUnderTheirFirstMessage() {
    var zoe = arrived(Story.atHome(80, 24, folding()));
    follows(zoe, 5, 2, 2);

    assertThat(screen(zoe))
        .contains("tea?", "↳ 2 replies, 2 new", "the plan", "1 thread: /threads")
        .doesNotContain("at five");
    assertThat(zoe.requests()).noneMatch(Request.ReadThread.class::isInstance);
    zoe.presses("Alt-ArrowUp");
    assertThat(zoe.model().room("r1").orElseThrow().reading().selected()).hasValue(3);
    // a reply would not be seen in the room
    zoe.presses("Enter");
    zoe.types("r");
    assertThat(zoe.latest(Request.LoadThread.class).seq()).isEqualTo(3);
  }

  @Test
  void theListShowsTheChosenThread() {
    ann.happens(new Input.Typed("/threads"));
    ann.presses("Enter");
    assertThat(ann.latest(Request.Items.class)).isEqualTo(new Request.Items(Kind.THREADS, ""));
    ann.happens(
        new Input.Listed(
            Kind.THREADS, "", List.of(new Item("r1/2", "2 new  bob: tea? (2 replies)", "garden"))));
    assertThat(screen()).contains("Threads that you follow", "2 new  bob: tea?");

    ann.presses("Enter");

    assertThat(ann.latest(Request.LoadThread.class).seq()).isEqualTo(2);
  }

  @Test
  void theThreadOnTheScreenIsFollowedWithoutANumber() {
    opens(4);
    loaded(Optional.empty());
    ann.happens(new Input.Typed("/follow"));
    ann.presses("Enter");

    assertThat(ann.latest(Request.Run.class))
        .isEqualTo(new Request.Run(new InputLine.Follow(OptionalLong.of(2), true), "r1"));
  }

  @Test
  void aThreadThatCannotBeLoadedCloses() {
    opens(99);
    ann.happens(new Input.ThreadNotLoaded("r1", 99, "There is no such message in this room."));

    assertThat(screen()).contains("There is no such message", "the plan");
  }

  @Test
  void pagesOfTheLogAskForTheirReplies() {
    ann.happens(
        new Input.Net(
            new SessionEvent.Page(
                "older-x",
                "r1",
                List.of(message(1, "bob", "hi"), message(2, "bob", "ho")),
                false)));

    assertThat(ann.latest(Request.CountReplies.class))
        .isEqualTo(new Request.CountReplies("r1", 1, 2));
  }

  private static void enters(Story who, String line) {
    who.happens(new Input.Typed(line));
    who.presses("Enter");
  }

  /// The thread of message 2, which is open and loaded.
  private static Story besideTheRoom(Optional<ThreadFollow> follow) {
    var zoe = arrived(Story.atHome(100, 30));
    enters(zoe, "/thread 2");
    zoe.happens(
        new Input.ThreadLoaded(
            "r1",
            2,
            OptionalLong.empty(),
            new ThreadPage(
                "r1",
                2,
                Optional.of(message(2, "bob", "tea?")),
                List.of(reply(4, "cem", "at five", 2, 2), reply(5, "bob", "fine", 4, 2)),
                OptionalLong.empty(),
                2,
                follow)));
    return zoe;
  }

  @Test
  void aWideScreenShowsTheThreadBesideTheRoomAndEscapeClosesIt() {
    var zoe = besideTheRoom(Optional.empty());

    assertThat(zoe.screen().getFirst()).contains("── garden ─", "│ ▸ thread of bob — 2 replies");
    assertThat(screen(zoe)).contains("the plan", "your answer in this thread; Alt-w room");

    zoe.presses("Escape");
    assertThat(screen(zoe)).contains("the plan").doesNotContain("thread of bob");
  }

  @Test
  void theEditorBelongsToTheThreadOrToTheRoom() {
    var zoe = besideTheRoom(Optional.empty());
    zoe.types("for the thread");
    zoe.presses("Alt-w");
    assertThat(zoe.model().editor().text()).isEmpty();
    assertThat(zoe.screen().getFirst()).contains("▸ garden", "│── thread of bob");
    zoe.types("for the room");
    zoe.presses("Enter");
    var post = (ClientFrame.Send) zoe.latestCommand(SessionCommand.Post.class).post();
    assertThat(post.replyTo()).isEmpty();

    zoe.presses("Alt-w", "Enter");
    post = (ClientFrame.Send) zoe.latestCommand(SessionCommand.Post.class).post();
    assertThat(post.body()).isEqualTo("for the thread");
    assertThat(post.replyTo()).hasValue(2);
  }

  @Test
  void theRoomBesideAThreadIsLiveAndRead() {
    var zoe = besideTheRoom(Optional.empty());

    zoe.arrives("r1", message(6, "dan", "news in the room"));

    assertThat(screen(zoe)).contains("news in the room").doesNotContain("unread");
    assertThat(zoe.model().room("r1").orElseThrow().reading().read()).isEqualTo(6);
  }

  @Test
  void aThreadWithoutTheFocusCountsItsRepliesAsUnreadUntilItHasTheFocus() {
    var zoe = besideTheRoom(Optional.of(new ThreadFollow(5, 5)));
    zoe.presses("Alt-w");
    int before = reads(zoe);

    zoe.arrives("r1", reply(6, "dan", "me too", 2, 2));
    assertThat(zoe.screen().getFirst()).endsWith("1 unread");
    assertThat(reads(zoe)).isEqualTo(before);

    zoe.presses("Alt-w");
    assertThat(zoe.latest(Request.ReadThread.class)).isEqualTo(new Request.ReadThread("r1", 2, 6));
    assertThat(zoe.screen().getFirst()).doesNotContain("1 unread");
    assertThat(screen(zoe)).contains("─ unread ─");
  }

  private static int reads(Story who) {
    return (int) who.requests().stream().filter(Request.ReadThread.class::isInstance).count();
  }

  @Test
  void bothUnsentTextsAreKeptWhenTheThreadCloses() {
    var zoe = besideTheRoom(Optional.empty());
    zoe.types("an answer");
    zoe.presses("Alt-w");
    zoe.types("a message");
    zoe.presses("Alt-w", "Escape");

    assertThat(zoe.model().editor().text()).isEqualTo("a message");
    assertThat(zoe.model().editor().purpose()).isEqualTo(new Editor.Say());
    assertThat(zoe.model().sent()).first().isEqualTo("an answer");
    assertThat(screen(zoe)).contains("in the input history");
  }

  @Test
  void bothUnsentTextsAreKeptByARestart() {
    var zoe = besideTheRoom(Optional.empty());
    zoe.types("an answer");
    zoe.presses("Alt-w");
    zoe.types("a message");
    var draft = zoe.latest(Request.KeepDraft.class).draft();
    assertThat(draft.text()).isEqualTo("a message");

    ann.happens(new Input.DraftsLoaded(List.of(draft)));

    assertThat(ann.model().sent()).contains("an answer");
  }

  @Test
  void anUnsentAnswerIsKeptAsAnAnswer() {
    var zoe = besideTheRoom(Optional.empty());
    zoe.types("an answer");

    var draft = zoe.latest(Request.KeepDraft.class).draft();
    assertThat(draft.text()).isEqualTo("an answer");
    assertThat(draft.replyTo()).hasValue(2);
  }

  @Test
  void aNarrowScreenShowsTheThreadOrTheRoom() {
    var zoe = besideTheRoom(Optional.empty());
    zoe.happens(new Input.Resized(new Size(80, 24)));
    assertThat(screen(zoe)).contains("thread of bob in garden").doesNotContain("the plan");

    zoe.presses("Alt-w");
    assertThat(screen(zoe)).contains("garden — Alt-w thread", "the plan");

    zoe.happens(new Input.Resized(new Size(100, 30)));
    assertThat(zoe.screen().getFirst()).contains("▸ garden", "│── thread of bob");
  }

  @Test
  void clicksAndTheWheelReachBothParts() {
    var zoe = besideTheRoom(Optional.empty());

    zoe.happens(new Input.Clicked(30, 27));
    assertThat(zoe.screen().getFirst()).contains("▸ garden");
    zoe.happens(new Input.Clicked(80, 27));
    assertThat(zoe.screen().getFirst()).contains("▸ thread of bob");
    for (long seq = 6; seq < 60; seq++) zoe.arrives("r1", message(seq, "bob", "flower " + seq));
    zoe.happens(new Input.Wheeled(true, 30, 10));
    assertThat(zoe.model().room("r1").orElseThrow().reading().anchor()).isPresent();
    assertThat(zoe.screen().getFirst()).contains("▸ thread of bob");
  }

  @Test
  void aSearchGoesToTheRoomBesideTheThread() {
    var zoe = besideTheRoom(Optional.empty());

    enters(zoe, "/find plan");

    assertThat(zoe.model().room("r1").orElseThrow().reading().selected()).hasValue(3);
    assertThat(zoe.screen().getFirst()).contains("▸ garden", "│── thread of bob");
  }

  @Test
  void twoRoomsReturnWhenTheThreadBesideOneOfThemCloses() {
    var zoe = arrived(Story.atHome(100, 30));
    zoe.presses("F8");
    enters(zoe, "/thread 2");
    assertThat(screen(zoe)).contains("▸ thread").doesNotContain("── lobby", "too small");

    zoe.presses("Escape", "Escape");

    assertThat(screen(zoe)).contains("── lobby");
  }
}
