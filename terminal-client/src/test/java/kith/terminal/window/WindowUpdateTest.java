package kith.terminal.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.frame.Entry;
import kith.terminal.config.ClientConf;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.OpenServer;
import kith.terminal.model.Size;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.update.Input;
import kith.terminal.update.Moment;
import kith.terminal.update.Request;
import kith.terminal.update.Update;
import kith.terminal.view.Screen;
import kith.terminal.view.Story;
import kith.terminal.window.Window.Seat;
import org.junit.jupiter.api.Test;

/// Ann at example.org and bob at beta.example in one window; ann's server is shown.
class WindowUpdateTest {
  private static final int ANN = 0;
  private static final int BOB = 1;

  private final List<WindowRequest> requests = new ArrayList<>();
  private Window window = Window.of(Seat.of(ANN, Optional.of("default"), home(80, 24)));
  private int steps;

  private static Model home(int columns, int rows) {
    return Story.atHome(columns, rows).model();
  }

  private static Model bobs() {
    return bobs(Story.atHome(80, 24));
  }

  private static Model bobs(Story story) {
    return Update.update(
            story.model(),
            new Input.LoggedIn("bob", "beta.example", List.of(), List.of(), List.of()),
            moment(0))
        .model();
  }

  private static Moment moment(int second) {
    return new Moment(Story.noon().plusSeconds(100L + second), "w" + second);
  }

  private void happens(WindowInput input) {
    var step = WindowUpdate.update(window, input, moment(++steps));
    window = step.window();
    requests.addAll(step.requests());
  }

  private void presses(String chord) {
    happens(new WindowInput.OfTerminal(new Input.Key(chord)));
  }

  private void types(String line) {
    line.codePoints()
        .forEach(
            it -> happens(new WindowInput.OfTerminal(new Input.Typed(Character.toString(it)))));
    presses("Enter");
  }

  private void bobIsOpen() {
    bobIsOpen(bobs());
  }

  private void bobIsOpen(Model model) {
    happens(new WindowInput.Opened(Seat.of(BOB, Optional.of("bob"), model), false));
    happens(new WindowInput.Frame());
    requests.clear();
  }

  private void arrivesForBob(Entry... entries) {
    happens(
        new WindowInput.OfSeat(
            BOB, new Input.Net(new SessionEvent.Arrived("r1", List.of(entries)))));
  }

  private static Entry.Message mentionOfBob(long seq) {
    var plain = Story.message(seq, "carol", "@bob come here");
    return new Entry.Message(
        seq,
        plain.at(),
        "carol",
        plain.id(),
        Optional.of("@bob come here"),
        plain.replyTo(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(List.of("bob")));
  }

  private <T extends Request> List<T> asked(int seat, Class<T> type) {
    return requests.stream()
        .filter(WindowRequest.OfSeat.class::isInstance)
        .map(WindowRequest.OfSeat.class::cast)
        .filter(it -> it.seat() == seat)
        .map(WindowRequest.OfSeat::request)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private Model model(int seat) {
    return window.seat(seat).orElseThrow().model();
  }

  private String screen() {
    happens(new WindowInput.Frame());
    return Screen.draw(window.front().model()).toString();
  }

  private String notice() {
    return String.join("\n", window.front().model().notice().lines());
  }

  @Test
  void aWindowWithOneServerDrawsOnlyItsScreen() {
    var alone = Screen.draw(home(80, 24)).toString();

    assertThat(screen()).isEqualTo(alone);
    presses("Alt-q");
    types("/server remove example.org");

    assertThat(window.front().model().servers()).isEmpty();
    assertThat(notice()).contains("only server");
    assertThat(requests).noneMatch(WindowRequest.Close.class::isInstance);
  }

  @Test
  void keysGoToTheShownServerOnly() {
    bobIsOpen();

    types("hello");

    assertThat(asked(ANN, Request.Session.class))
        .anyMatch(it -> it.command() instanceof SessionCommand.Post);
    assertThat(asked(BOB, Request.Session.class))
        .noneMatch(it -> it.command() instanceof SessionCommand.Post);
  }

  @Test
  void draftsStayWithTheirServers() {
    bobIsOpen();
    happens(new WindowInput.OfTerminal(new Input.Pasted("for ann's room")));

    presses("Alt-q");

    assertThat(window.shown()).isEqualTo(BOB);
    assertThat(window.front().model().editor().text()).isEmpty();
    presses("Alt-q");
    assertThat(window.front().model().editor().text()).isEqualTo("for ann's room");
  }

  @Test
  void nothingIsReadOnAServerThatIsNotShown() {
    bobIsOpen();

    arrivesForBob(Story.message(2, "carol", "hello"));

    assertThat(commands(BOB)).noneMatch(SessionCommand.Read.class::isInstance);
    presses("Alt-q");
    assertThat(commands(BOB)).anyMatch(SessionCommand.Read.class::isInstance);
  }

  private List<SessionCommand> commands(int seat) {
    return asked(seat, Request.Session.class).stream().map(Request.Session::command).toList();
  }

  @Test
  void aLoginInTheBackgroundReadsNothing() {
    bobIsOpen();

    happens(
        new WindowInput.OfSeat(
            BOB, new Input.LoggedIn("bob", "beta.example", List.of(), List.of(), List.of())));
    arrivesForBob(Story.message(2, "carol", "hello"));

    assertThat(commands(BOB)).noneMatch(SessionCommand.Read.class::isInstance);
  }

  @Test
  void aMentionElsewhereNotifiesAndNamesTheServer() {
    bobIsOpen();

    arrivesForBob(mentionOfBob(2));

    assertThat(asked(BOB, Request.Notify.class))
        .singleElement()
        .extracting(Request.Notify::title)
        .isEqualTo("garden on beta.example");
  }

  @Test
  void theUserIsNotIdleOnOneServerWhileTypingOnAnother() {
    bobIsOpen();
    steps += 3_600;
    types("still here");

    happens(new WindowInput.OfTerminal(new Input.Tick()));

    assertThat(commands(BOB)).noneMatch(SessionCommand.Idle.class::isInstance);
    steps += 3_600;
    happens(new WindowInput.OfTerminal(new Input.Tick()));
    assertThat(commands(BOB)).contains(new SessionCommand.Idle(true));
  }

  @Test
  void theStatusLineNamesTheOthersWithTheirCountsAtAllSizes() {
    var busy = new Story(80, 24);
    busy.online();
    busy.isIn("r1", "garden", 9, 9, 0);
    busy.isIn("r2", "lobby", 9, 1, 3);
    busy.listed();
    bobIsOpen(bobs(busy));

    assertThat(status(120, 40)).contains("on example.org", "beta.example(3)", "Alt-q");
    assertThat(status(80, 24)).contains("on example.org", "beta.example(3)", "Alt-q");
    assertThat(status(40, 12)).contains("+1(3)");
  }

  private String status(int columns, int rows) {
    happens(new WindowInput.OfTerminal(new Input.Resized(new Size(columns, rows))));
    return screen()
        .lines()
        .filter(it -> it.contains("│ ") && it.contains("ann"))
        .toList()
        .getLast();
  }

  @Test
  void anUnreachableServerIsMarkedAndDoesNotAffectOthers() {
    bobIsOpen();

    happens(
        new WindowInput.OfSeat(
            BOB,
            new Input.Net(
                new SessionEvent.StateChanged(
                    new ConnectionState.Ended("unauthenticated", "You are logged out.")))));

    assertThat(screen()).contains("✗beta.example").contains("● ann");
    assertThat(model(BOB).notice().lines().getFirst()).endsWith("/server add beta.example bob");
  }

  @Test
  void theNextUnreadRoomMayBeOnAnotherServer() {
    var busy = new Story(80, 24);
    busy.online();
    busy.isIn("r1", "garden", 9, 9, 0);
    busy.isIn("r2", "lobby", 9, 1, 3);
    busy.listed();
    bobIsOpen(bobs(busy));

    presses("Alt-a");

    assertThat(window.shown()).isEqualTo(BOB);
    assertThat(window.front().model().current()).contains("r2");
  }

  @Test
  void theListAndThePaletteShowOtherServersAndTheirRooms() {
    bobIsOpen();

    types("/server");
    assertThat(screen()).contains("Servers of this window", "beta.example", "open another server");
    presses("ArrowDown");
    presses("Enter");
    assertThat(window.shown()).isEqualTo(BOB);

    presses("Ctrl-k");
    happens(new WindowInput.OfTerminal(new Input.Pasted("lobby")));
    assertThat(screen()).contains("on example.org");
    presses("ArrowDown");
    presses("Enter");
    assertThat(window.shown()).isEqualTo(ANN);
    assertThat(window.front().model().current()).contains("r2");
  }

  @Test
  void aServerIsNamedByTheBeginningOfItsName() {
    bobIsOpen();

    types("/server bet");
    assertThat(window.shown()).isEqualTo(BOB);
    types("/server gamma");
    assertThat(window.shown()).isEqualTo(BOB);
    assertThat(notice()).contains("/server add gamma");
  }

  @Test
  void accountsOfOneServerAreShownWithTheirUsers() {
    bobIsOpen(
        Update.update(
                Story.atHome(80, 24).model(),
                new Input.LoggedIn("bob", "example.org", List.of(), List.of(), List.of()),
                moment(0))
            .model());

    assertThat(window.front().model().servers())
        .extracting(OpenServer::name)
        .containsExactly("ann@example.org", "bob@example.org");
  }

  @Test
  void aRemovedServerIsClosedAndForgottenAfterAQuestion() {
    bobIsOpen();

    types("/server remove beta.example");
    assertThat(screen()).contains("Take this server out?");
    assertThat(requests).noneMatch(WindowRequest.Close.class::isInstance);
    presses("Enter");

    assertThat(window.seats()).hasSize(1);
    assertThat(requests).contains(new WindowRequest.Forget("bob"));
    assertThat(requests).anyMatch(WindowRequest.Close.class::isInstance);
    assertThat(notice()).contains("beta.example is closed");
    screen();
    assertThat(window.front().model().servers()).isEmpty();
  }

  @Test
  void loggingOutOfOneServerLeavesTheOthers() {
    bobIsOpen();
    presses("Alt-q");

    happens(new WindowInput.OfSeat(BOB, new Input.Hangup()));

    assertThat(window.isOver()).isFalse();
    assertThat(window.shown()).isEqualTo(ANN);
    assertThat(notice()).isEqualTo("You are logged out of beta.example.");
    happens(new WindowInput.OfSeat(ANN, new Input.Hangup()));
    assertThat(window.isOver()).isTrue();
  }

  @Test
  void aLostTerminalAndQuitEndAll() {
    bobIsOpen();
    var before = window;

    happens(new WindowInput.OfTerminal(new Input.Hangup()));
    assertThat(window.isOver()).isTrue();

    window = before;
    types("/quit");
    assertThat(window.isOver()).isTrue();
  }

  @Test
  void aFormForAnotherServerIsLeftWithoutQuitting() {
    types("/server add beta.example bob");
    assertThat(requests).contains(new WindowRequest.Open("beta.example", Optional.of("bob")));
    types("/server add dave@beta.example");
    assertThat(requests).contains(new WindowRequest.Open("beta.example", Optional.of("dave")));
    opensAForm();
    assertThat(screen()).contains("Kith: sign up", "goes back");

    presses("Escape");

    assertThat(window.isOver()).isFalse();
    assertThat(window.seats()).extracting(Seat::number).containsExactly(ANN);
    opensAForm();
    presses("Alt-q");
    assertThat(window.shown()).isEqualTo(ANN);
    presses("Alt-q");
    presses("Ctrl-q");
    assertThat(window.isOver()).isTrue();
  }

  @Test
  void aFormThatIsLeftReturnsToTheServerThatWasShown() {
    bobIsOpen();
    opensAForm();

    presses("Escape");

    assertThat(window.shown()).isEqualTo(ANN);
  }

  private void opensAForm() {
    var start =
        Model.start(new Size(80, 24), ClientConf.shipped().withTheme("dark"), ZoneOffset.UTC);
    happens(
        new WindowInput.Opened(
            Seat.of(2 + steps, Optional.empty(), start.loggingIn(Form.of("beta.example"))), true));
  }

  @Test
  void aSecondLoginIsKeptForTheNextStart() {
    bobIsOpen();

    happens(new WindowInput.StoredLogin(BOB, "bob"));

    assertThat(requests).containsExactly(new WindowRequest.Keep(List.of("default", "bob")));
  }

  @Test
  void aLoginToAnOpenAccountTakesItsPlace() {
    bobIsOpen();
    opensAForm();
    int form = window.shown();

    happens(new WindowInput.StoredLogin(form, "bob"));

    assertThat(window.seats()).extracting(Seat::number).containsExactly(ANN, form);
    assertThat(window.shown()).isEqualTo(form);
  }

  @Test
  void theThemeAndTheMouseBelongToTheWindow() {
    bobIsOpen();
    types("/theme light");
    presses("F7");
    boolean hasMouse = model(ANN).settings().hasMouse();

    presses("Alt-q");

    assertThat(model(BOB).settings().theme()).isEqualTo("light");
    assertThat(model(BOB).settings().hasMouse()).isEqualTo(hasMouse);
  }

  @Test
  void theTitleOfTheTerminalIsThatOfTheShownServer() {
    bobIsOpen();
    happens(
        new WindowInput.OfSeat(
            BOB,
            new Input.Net(
                new SessionEvent.Arrived("r1", List.of(Story.message(2, "carol", "hello"))))));
    assertThat(asked(BOB, Request.Title.class)).isEmpty();

    presses("Alt-q");

    assertThat(asked(BOB, Request.Title.class)).isNotEmpty();
  }

  @Test
  void aWindowHoldsEightServers() {
    for (int number = 1; number < Window.MAX_SERVERS; number++)
      happens(new WindowInput.Opened(Seat.of(number, Optional.of("p" + number), bobs()), false));
    requests.clear();

    types("/server add one-more.example");

    assertThat(requests).noneMatch(WindowRequest.Open.class::isInstance);
    assertThat(notice()).contains("8 servers");
  }
}
