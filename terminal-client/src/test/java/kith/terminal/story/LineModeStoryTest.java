package kith.terminal.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kith.node.Node;
import kith.terminal.StoryNode;
import kith.terminal.net.Logins;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.Chat;
import kith.terminal.plain.Desktop;
import kith.terminal.plain.LineServers;
import kith.terminal.profile.Access;
import kith.terminal.profile.Places;
import kith.terminal.profile.Profile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// People in line mode, on a real node.
@Tag("story")
class LineModeStoryTest {
  @TempDir private static Path directory;
  private static final Chat.Machine MACHINE =
      new Chat.Machine(
          false,
          new Desktop() {
            @Override
            public void open(String what) {
              throw new Unreachable("opens " + what);
            }

            @Override
            public String edit(String text) {
              return text;
            }
          },
          LineServers.none());

  private static Optional<Node> node = Optional.empty();

  @BeforeAll
  static void startANode() {
    node = Optional.of(StoryNode.start(directory.resolve("data")));
  }

  @AfterAll
  static void stopTheNode() {
    node.ifPresent(Node::close);
  }

  private static Access signsUp(String user) {
    var url = node.orElseThrow().url();
    var places = new Places(directory.resolve("config"), directory.resolve("state"));
    var profile = Profile.named(places, user);
    var logins = new Logins(List.of(URI.create(url)));
    profile.loggedIn(List.of(url), logins.signUp(user, "correct horse battery", "test"));
    return Access.of(profile).orElseThrow();
  }

  /// The whole output of a run with these input lines.
  private static String types(Access who, String... lines) throws Exception {
    var screen = new ByteArrayOutputStream();
    var typed = new BufferedReader(new StringReader(String.join("\n", lines)));
    var out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    assertThat(Chat.run(who, typed, out, MACHINE)).isEqualTo(Chat.End.DONE);
    return screen.toString(StandardCharsets.UTF_8);
  }

  @Test
  void bobReadsTheHistoryOfAnnsRoom() throws Exception {
    var ann = signsUp("ann");
    var bob = signsUp("bob");

    var annsScreen = types(ann, "/create lobby", "hello", "/reply 2 myself");
    var bobsScreen = types(bob, "/join lobby", "/history", "/edit 2 not mine");

    assertThat(annsScreen).contains("-- online as ann", "-- in lobby", "✓ #2", "✓ #3");
    assertThat(bobsScreen)
        .contains("#2 ann: hello", "#3 ann (to #2): myself", "✗ not sent (not-your-message)");
  }

  @Test
  void aUserNameIsEnoughForADirectMessage() throws Exception {
    var zoe = signsUp("zoe");
    var yan = signsUp("yan");

    var zoesScreen =
        types(zoe, "/msg yan", "/msg yan hello", "/requests", "/msg nobody-here hello");
    var requests = "";
    for (var n = 0; n < 100 && !requests.contains("zoe"); n++) requests = types(yan, "/requests");
    var yansScreen = types(yan, "/msg zoe hello yourself");
    var zoesScreenLater = types(zoe, "/msg yan how are you?");

    assertThat(zoesScreen)
        .contains(
            "-- /msg yan TEXT sends a request with your first message.",
            "-- Request sent to yan. You are not notified if yan declines it.",
            "… yan: hello, not answered",
            "! There is no such user.");
    assertThat(requests).contains("? zoe: hello (/accept or /decline zoe)");
    assertThat(yansScreen).contains("-- in @zoe", "#2 zoe: hello", "✓ #3");
    assertThat(zoesScreenLater).contains("#3 yan: hello yourself", "✓ #4");
  }

  @Test
  void aRepeatedReactionIsRemoved() throws Exception {
    var gil = signsUp("gil");
    var hal = signsUp("hal");
    types(gil, "/create cafe", "hello");

    var halsScreen = types(hal, "/join cafe", "/react 2 👍", "/react 2 🎉", "/react 2 👍");
    var gilsScreen = types(gil, "/switch cafe", "/history");

    assertThat(halsScreen).contains("✓ #4", "✓ #5", "✓ #6").doesNotContain("✗");
    assertThat(gilsScreen)
        .contains("hal reacted 👍 to #2", "hal reacted 🎉 to #2", "hal removed 👍 from #2");
  }

  @Test
  void filesAreSentAndSaved() throws Exception {
    var una = signsUp("una");
    var vic = signsUp("vic");
    var file = Files.writeString(directory.resolve("my plan.txt"), "tea at four");

    var unasScreen = types(una, "/create plans", "/file '" + file + "'", "/file /no/such/file");
    var vicsScreen = types(vic, "/join plans", "/save 2", "/save 1");

    assertThat(unasScreen).contains("✓ #2", "! There is no file /no/such/file");
    assertThat(vicsScreen).contains("! The message #1 has no files.");
    var saved =
        vicsScreen
            .lines()
            .filter(it -> it.startsWith("-- saved as "))
            .map(it -> Path.of(it.substring("-- saved as ".length())))
            .toList();
    assertThat(saved).hasSize(1).allSatisfy(it -> assertThat(it).hasContent("tea at four"));
    Files.delete(saved.getFirst());
  }

  @Test
  void pinsAndBookmarksAreListed() throws Exception {
    var ivy = signsUp("ivy");
    var jon = signsUp("jon");

    assertThat(types(ivy, "/create shed", "tea at four", "/pin 2")).contains("✓ #3");
    var jonsScreen =
        types(jon, "/join shed", "/pin 2", "/bookmark 2 bring cake", "/bookmarks", "/pins");

    assertThat(jonsScreen)
        .contains(
            "* ivy pinned #2",
            "✗ not sent (not-allowed)",
            "-- #2 is bookmarked for you alone",
            "shed #2 ivy: tea at four  (bring cake)",
            "#2 ivy: tea at four");
    assertThat(types(jon, "/unbookmark 2", "/bookmarks")).contains("-- You have no bookmarks.");
    assertThat(types(ivy, "/bookmarks")).contains("-- You have no bookmarks.");
  }

  @Test
  void threadsAreListedAndShown() throws Exception {
    var kim = signsUp("kim");
    var leo = signsUp("leo");
    types(kim, "/create yard", "tea at four");

    assertThat(types(leo, "/join yard", "/reply 2 at five")).contains("✓ #4");
    // the list follows a moment after the reply
    var listed = types(leo, "/threads");
    for (var tries = 0; tries < 100 && !listed.contains("(1 reply)"); tries++)
      listed = types(leo, "/threads");
    assertThat(listed).contains("yard #2 kim: tea at four (1 reply)");
    assertThat(types(kim, "/switch yard", "/thread 4", "/threads", "/unfollow 2", "/threads"))
        .contains(
            "#2 kim: tea at four",
            "#4 leo (to #2): at five",
            "1 reply, you follow it; /reply 2 answers",
            "You no longer follow the thread of #2.",
            "You follow no threads.");
  }

  @Test
  void remindersAreListedUntilTheyAreRemoved() throws Exception {
    var kim = signsUp("kim");

    // a time that has passed: it is due at once
    var made =
        types(
            kim,
            "/create porch",
            "tea at four",
            "/remind today 00:00 water the plants",
            "/remind 2 2w bring cake",
            "/reminders");

    assertThat(made).contains("due  water the plants", "porch #2 kim: tea at four (bring cake)");
    var id = made.replaceFirst("(?s).*Reminder (\\S+) at [^\n]*water.*", "$1");
    assertThat(types(kim, "/postpone " + id + " 1d", "/postpone none 1d", "/reminders"))
        .contains("-- Reminder " + id + " at ", "-- You have no reminder none.", "water the plants")
        .doesNotContain("due  water");
    assertThat(types(kim, "/unremind " + id, "/reminders"))
        .contains("-- The reminder " + id + " is removed.", "bring cake")
        .doesNotContain("water the plants");
  }

  @Test
  void aRoomWithoutMessagesTakesNoReaction() throws Exception {
    var ida = signsUp("ida");

    assertThat(types(ida, "/create attic", "/react 👍"))
        .contains("! There is no message to react to.");
  }

  @Test
  void contactAndBlockCommandsWork() throws Exception {
    var kim = signsUp("kim");
    var lee = signsUp("lee");

    assertThat(types(kim, "/contact add lee from work")).contains("-- request sent to lee");
    assertThat(types(lee, "/contacts", "/contact accept kim"))
        .contains("? kim, sent you a request", "-- kim is a contact");
    assertThat(types(kim, "/contacts", "/block lee", "/contacts"))
        .contains("* lee (from work)", "-- no contacts yet");
    assertThat(types(lee, "/contacts")).contains("* kim");
  }

  @Test
  void invalidLinesPrintTheUsageAndTheChatContinues() throws Exception {
    var eve = signsUp("eve");

    var screen = types(eve, "/join nowhere", "/reply x", "anybody?", "/create den", "still here");

    assertThat(screen)
        .contains(
            "! There is no room or invitation 'nowhere'",
            "! Usage: /reply SEQ TEXT",
            "! You are not in a room",
            "✓ #2");
  }

  @Test
  void unreadRoomsAreListedReadAndMarked() throws Exception {
    var mia = signsUp("mia");
    var ned = signsUp("ned");
    types(mia, "/create barn", "/create loft");
    types(ned, "/join barn", "/join loft");
    types(mia, "/switch loft", "first", "@ned second");

    // the number of unread messages follows a moment after them
    var listed = types(ned, "/unread");
    for (var tries = 0;
        tries < 100 && !listed.contains("-- loft: 2 unread, 1 mentions you");
        tries++) listed = types(ned, "/unread");
    assertThat(types(ned, "/switch loft"))
        .containsSubsequence("-- in barn", "-- in loft", "mia: first", "mia: @ned second");
    assertThat(types(ned, "/read-all", "/unread"))
        .containsSubsequence("-- read: loft", "-- No room is unread.");
    assertThat(types(ned, "/switch loft", "/to-unread", "/unread 4", "/to-unread"))
        .containsSubsequence(
            "-- Nothing is unread in this room.", "-- unread from #4 on", "second");
  }

  @Test
  void partsOfARoomArePrinted() throws Exception {
    var oda = signsUp("oda");

    types(oda, "/create mill", "see https://example.org/slug", "`one` and the slug");
    var screen =
        types(
            oda,
            "/find SLUG",
            "/latest",
            "/date today",
            "/date yesterday",
            "/date someday",
            "/members",
            "/code",
            "/open",
            "/mute",
            "/leave");

    assertThat(screen)
        .containsSubsequence(
            "#2 oda: see https://example.org/slug",
            "#3 oda: `one` and the slug",
            "#3 oda: `one` and the slug",
            "#1 * oda made the room mill",
            "-- There are no messages of ",
            "! Usage: /date DAY",
            "oda, owner, online",
            "-- There is no such code block.",
            "! opens https://example.org/slug",
            "-- this room is muted",
            "-- left mill",
            "-- you are not in a room; /join or /create one");
    assertThat(screen.lines().filter(it -> it.contains("mill")).toList())
        .as("the end of the room is printed once")
        .filteredOn(it -> it.contains("left") || it.contains("closed"))
        .hasSize(1);
  }

  @Test
  void roomsKeepTheOrderOfTheUser() throws Exception {
    var pia = signsUp("pia");
    types(pia, "/create alcove", "/create bower", "/order bower 1");

    assertThat(types(pia, "/rooms")).containsSubsequence("* bower", "* alcove");
    assertThat(types(pia, "/order", "/rooms")).containsSubsequence("* alcove", "* bower");
  }
}
