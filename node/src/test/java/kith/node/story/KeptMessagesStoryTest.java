package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import kith.node.StoredTexts;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Accounts.ExportPage;
import kith.protocol.rest.KeptMessages.Bookmark;
import kith.protocol.rest.KeptMessages.Bookmarks;
import kith.protocol.rest.KeptMessages.RoomPins;
import kith.protocol.rest.Reminders.AccountReminder;
import kith.protocol.rest.Reminders.AccountReminders;
import kith.protocol.rest.Reminders.RemindedMessage;
import kith.protocol.rest.Threads.FirstMessage;
import kith.protocol.rest.Threads.FollowedThread;
import kith.protocol.rest.Threads.FollowedThreads;
import kith.protocol.rest.Threads.RoomThreads;
import kith.protocol.rest.Threads.ThreadCount;
import kith.protocol.rest.Threads.ThreadFollow;
import kith.protocol.rest.Threads.ThreadPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Messages that people want to find again: pins of a room, bookmarks and reminders of one account,
/// and threads.
@Tag("story")
class KeptMessagesStoryTest {
  private static final String BOOKMARKS = "/v1/account/bookmarks";
  private static final String REMINDERS = "/v1/account/reminders";

  private static TestNode node;
  private static int stories;

  private Person ann;
  private Person bob;
  private String room;
  private int posts;

  @BeforeAll
  static void startNode() {
    node =
        TestNode.start(
            Map.of(
                "kith.pins.per-room",
                "3",
                "kith.bookmarks.per-account",
                "3",
                "kith.threads.per-account",
                "3",
                "kith.reminders.per-account",
                "3"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annAndBobShareARoom() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    bob.joins(room);
    for (var person : List.of(ann, bob)) {
      person.connects();
      person.opens(room, 0);
    }
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  @Test
  void pinsAreSeenByAllMembersAndEndWithTheMessage() {
    var tea = ann.says(room, "tea at four").seq();
    var plan = bob.says(room, "the plan").seq();
    assertThat(isRefused(bob, pin(tea))).isEqualTo("not-allowed");

    isAcked(ann, pin(tea));
    var last = isAcked(ann, pin(plan));
    bob.seesEntry(
        room,
        it -> it instanceof Entry.Pinned pin && pin.target() == plan && pin.removed().isEmpty(),
        "the pin");

    pinsOf(bob, plan, tea);
    assertThat(pinned(bob.history(room))).containsExactlyInAnyOrder(tea, plan);
    assertThat(isRefused(ann, pin(tea))).isEqualTo("already-pinned");
    assertThat(isRefused(ann, pin(1))).isEqualTo("unknown-message");
    assertThat(isRefused(ann, pin(0))).isEqualTo("bad-field");
    var page = bob.rest().get(path() + "?limit=1").as(RoomPins.class);
    assertThat(page.messages()).extracting(Entry.Message::seq).containsExactly(plan);
    assertThat(page.messages().getFirst().pin()).map(Entry.Pin::by).contains(ann.name());
    assertThat(page.before()).hasValue(last);
    var next = bob.rest().get(path() + "?limit=1&before=" + last).as(RoomPins.class);
    assertThat(next.messages()).extracting(Entry.Message::seq).containsExactly(tea);

    isAcked(ann, unpin(tea));
    assertThat(isRefused(ann, unpin(tea))).isEqualTo("not-pinned");
    bob.says(new ClientFrame.Redact("r1", room, plan, Optional.empty()));
    bob.isAcked("r1");
    pinsOf(ann);
    assertThat(isRefused(ann, pin(plan))).isEqualTo("message-redacted");
    assertThat(pinned(ann.history(room))).isEmpty();
  }

  @Test
  void theNumberOfPinsIsLimitedEvenAfterARestart() {
    var said = new ArrayList<Long>();
    for (var i = 0; i < 5; i++) said.add(ann.says(room, "message " + i).seq());
    for (var i = 0; i < 3; i++) isAcked(ann, pin(said.get(i)));
    pinsOf(ann, said.get(2), said.get(1), said.get(0));

    node.restart();
    ann.goesTo(node.uri("/"));
    ann.connects();
    ann.opens(room, 0);

    assertThat(isRefused(ann, pin(said.get(3)))).isEqualTo("too-many-pins");
    isAcked(ann, unpin(said.get(0)));
    isAcked(ann, pin(said.get(4)));
    pinsOf(ann, said.get(4), said.get(2), said.get(1));
  }

  @Test
  void onlyMembersReadPinsAndBlockedUsersStayHidden() {
    var theirs = bob.says(room, "hello").seq();
    var own = ann.says(room, "welcome").seq();
    isAcked(ann, pin(theirs));
    isAcked(ann, pin(own));
    pinsOf(ann, own, theirs);

    ann.rest().send("PUT", "/v1/account/blocked/" + bob.name(), Optional.empty());
    pinsOf(ann, own);
    var eve = Person.signsUp(node.uri("/"), "eve" + stories);
    assertThat(eve.rest().get(path()).code()).isEqualTo(Code.NOT_A_MEMBER);

    var talk = ann.talksTo(eve.name());
    eve.connects();
    eve.opens(talk, 0);
    ann.opens(talk, 0);
    var said = ann.says(talk, "just us").seq();
    eve.sees(talk, "just us");
    eve.says(new ClientFrame.Pin("p", talk, said, Optional.empty()));
    eve.isAcked("p");
    eve.close();
  }

  @Test
  void bookmarksBelongToOneAccountAndShowOnlyReadableMessages() {
    var tea = ann.says(room, "tea at four").seq();
    var plan = ann.says(room, "the plan").seq();
    var other = ann.makesRoom("other " + stories, Visibility.PRIVATE);
    ann.opens(other, 0);
    var secret = ann.says(other, "a secret").seq();

    assertThat(bookmarks(bob, room, tea, "{\"note\":\"bring cake\"}").status()).isEqualTo(204);
    assertThat(bookmarks(bob, room, plan, "{}").status()).isEqualTo(204);
    assertThat(bookmarks(bob, other, secret, "{}").code()).isEqualTo(Code.UNKNOWN_ROOM);
    assertThat(bookmarks(bob, room, 1, "{}").code()).isEqualTo(Code.UNKNOWN_MESSAGE);
    assertThat(bookmarks(bob, room, plan + 99, "{}").code()).isEqualTo(Code.UNKNOWN_MESSAGE);
    assertThat(bookmarks(bob, room, tea, "{\"note\":\"" + "x".repeat(201) + "\"}").code())
        .isEqualTo(Code.BAD_FIELD);
    assertThat(ann.rest().get(BOOKMARKS).as(Bookmarks.class).bookmarks()).isEmpty();

    var listed = bob.onAnotherDevice().rest().get(BOOKMARKS).as(Bookmarks.class);
    assertThat(listed.before()).isEmpty();
    assertThat(listed.bookmarks()).extracting(Bookmark::seq).containsExactly(plan, tea);
    assertThat(listed.bookmarks().getLast().note()).contains("bring cake");
    assertThat(texts(bob)).containsExactly("the plan", "tea at four");
    var page = bob.rest().get(BOOKMARKS + "?limit=1").as(Bookmarks.class);
    assertThat(page.bookmarks()).extracting(Bookmark::seq).containsExactly(plan);
    var next =
        bob.rest()
            .get(BOOKMARKS + "?limit=1&before=" + page.before().getAsLong())
            .as(Bookmarks.class);
    assertThat(next.bookmarks()).extracting(Bookmark::seq).containsExactly(tea);

    bookmarks(bob, room, tea, "{\"note\":\"no cake\"}");
    ann.says(new ClientFrame.Edit("e1", room, tea, "tea at five"));
    ann.isAcked("e1");
    ann.says(new ClientFrame.Redact("r1", room, plan, Optional.empty()));
    ann.isAcked("r1");
    assertThat(texts(bob)).containsExactly("(none)", "tea at five");
    assertThat(bob.rest().get(BOOKMARKS).as(Bookmarks.class).bookmarks().getLast().note())
        .contains("no cake");
    assertThat(bookmarks(bob, room, plan, "{}").code()).isEqualTo(Code.MESSAGE_REDACTED);

    bob.rest().send("PUT", "/v1/account/blocked/" + ann.name(), Optional.empty());
    assertThat(texts(bob)).containsExactly("(none)", "(none)");
    bob.rest().send("DELETE", "/v1/account/blocked/" + ann.name(), Optional.empty());
    assertThat(texts(bob)).containsExactly("(none)", "tea at five");
    ann.rest().send("DELETE", "/v1/rooms/" + room + "/members/" + bob.name(), Optional.empty());
    assertThat(texts(bob)).as("not a member any more").containsExactly("(none)", "(none)");
    assertThat(remove(bob, room, plan)).isEqualTo(204);
    assertThat(remove(bob, room, plan)).isEqualTo(204);
    assertThat(texts(bob)).hasSize(1);
  }

  @Test
  void bookmarksAreLimitedAndLeaveWithTheAccount() throws Exception {
    var said = new ArrayList<Long>();
    for (var i = 0; i < 4; i++) said.add(ann.says(room, "message " + i).seq());
    for (var i = 0; i < 3; i++) bookmarks(ann, room, said.get(i), "{\"note\":\"n" + i + "\"}");

    assertThat(bookmarks(ann, room, said.get(3), "{}").code()).isEqualTo(Code.TOO_MANY_BOOKMARKS);
    assertThat(bookmarks(ann, room, said.get(0), "{}").status()).as("known").isEqualTo(204);
    assertThat(exported(ann, "bookmark")).contains("n1").doesNotContain("cake of bea");

    var bea = Person.signsUp(node.uri("/"), "bea" + stories);
    bea.joins(room);
    bookmarks(bea, room, said.get(0), "{\"note\":\"cake of bea\"}");
    assertThat(StoredTexts.found(node.database(), "cake of bea")).containsExactly("bookmark");
    bea.deletesAccount();
    StoredTexts.awaitNone(node.database(), List.of("cake of bea"));
  }

  /// All lines of the file of a table.
  private static String exported(Person who, String table) {
    var lines = new StringBuilder();
    var next = Optional.<String>empty();
    do {
      var page =
          who.rest()
              .get("/v1/account/export" + next.map(it -> "?next=" + it).orElse(""))
              .as(ExportPage.class);
      for (var line : page.lines())
        if (line.file().equals(table)) lines.append(line.json()).append('\n');
      next = page.next();
    } while (next.isPresent());
    return lines.toString();
  }

  @Test
  void repliesFormThreadsWhichUsersFollowAndRead() {
    var tea = ann.says(room, "tea?").seq();
    ann.connectsWithInbox();
    ann.opens(room, 0);
    var five = isAcked(bob, reply("at five", tea));
    bob.seesEntry(
        room,
        it -> it.seq() == five && it instanceof Entry.Message reply && isIn(reply, tea),
        "the thread of the reply");
    assertThat(hearsThread(ann, tea, 1).followed()).isTrue();

    var fine = isAcked(ann, reply("fine", five));
    ann.seesEntry(
        room,
        it ->
            it.seq() == fine
                && it instanceof Entry.Message reply
                && isIn(reply, tea)
                && reply.replyTo().orElse(0) == five,
        "the same thread");
    awaits(List.of(new ThreadCount(tea, 2, fine)), () -> counts(bob, fine));
    assertThat(threads(bob, "?from=1").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(threads(bob, "?from=1&to=1001").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(threads(bob, "/1").code()).isEqualTo(Code.UNKNOWN_MESSAGE);

    var page = threads(bob, "/" + five).as(ThreadPage.class);
    assertThat(page.root()).isEqualTo(tea);
    assertThat(page.message()).map(Entry.Message::seq).contains(tea);
    assertThat(page.entries()).extracting(Entry::seq).containsExactly(five, fine);
    assertThat(page.follow()).contains(new ThreadFollow(five, 1));
    var latest = threads(bob, "/" + tea + "?limit=1").as(ThreadPage.class);
    assertThat(latest.entries()).extracting(Entry::seq).containsExactly(fine);
    var earlier = threads(bob, "/" + tea + "?before=" + latest.before().orElse(0));
    assertThat(earlier.as(ThreadPage.class).entries()).extracting(Entry::seq).containsExactly(five);

    node.restart();
    for (var person : List.of(ann, bob)) {
      person.goesTo(node.uri("/"));
      person.connectsWithInbox();
      person.opens(room, 0);
    }
    // before anything else happens in the thread
    assertThat(hearsThread(bob, tea, 1).read()).isEqualTo(five);
    var listed = followed(bob).getFirst();
    assertThat(listed.unread()).isEqualTo(1);
    assertThat(listed.first()).flatMap(FirstMessage::text).contains("tea?");

    bob.forgets();
    reads(bob.onAnotherDevice(), tea, fine);
    assertThat(hearsThread(bob, tea, 0).read()).isEqualTo(fine);

    bob.rest().send("DELETE", thread(tea), Optional.empty());
    assertThat(bob.hears(ServerFrame.Thread.class, it -> !it.followed()).root()).isEqualTo(tea);
    assertThat(followed(bob)).isEmpty();
    assertThat(followed(ann)).extracting(FollowedThread::root).containsExactly(tea);

    ann.says(new ClientFrame.Redact("r1", room, five, Optional.empty()));
    ann.isAcked("r1");
    var redacted = threads(bob, "/" + tea).as(ThreadPage.class);
    assertThat(redacted.entries().getFirst())
        .isInstanceOfSatisfying(Entry.Message.class, it -> assertThat(it.redaction()).isPresent());
    assertThat(redacted.replies()).isEqualTo(2);
  }

  @Test
  void threadsOfARoomAreForItsMembersAndLimited() {
    var said = new ArrayList<Long>();
    for (var i = 0; i < 4; i++) said.add(ann.says(room, "message " + i).seq());
    for (var i = 0; i < 3; i++) assertThat(follows(bob, said.get(i)).status()).isEqualTo(204);
    assertThat(follows(bob, said.get(3)).code()).isEqualTo(Code.TOO_MANY_THREADS);
    assertThat(follows(bob, said.get(3) + 99).code()).isEqualTo(Code.UNKNOWN_MESSAGE);
    assertThat(followed(bob)).hasSize(3);

    bob.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());

    assertThat(threads(bob, "?from=1&to=9").status()).isIn(403, 404);
    assertThat(follows(bob, said.get(0)).status()).isIn(403, 404);
    assertThat(followed(bob)).isEmpty();
    bob.joins(room);
    // the threads that it followed before stay unfollowed
    awaits(
        List.of(),
        () -> {
          var answer = bob.rest().get("/v1/account/threads");
          return answer.status() == 429
              ? List.of("asked too often")
              : answer.list("threads", "room");
        });
  }

  @Test
  void remindersAreDueOnAllDevicesUntilOneRemovesThem() throws Exception {
    var tea = ann.says(room, "tea at four").seq();
    var now = Instant.now();
    var later = now.plus(Duration.ofHours(1));
    bob.connectsWithInbox();
    bob.opens(room, 0);
    var phone = bob.onAnotherDevice();
    phone.connectsWithInbox();

    assertThat(reminds(bob, "plants", later, ",\"text\":\"water them\"").status()).isEqualTo(204);
    assertThat(reminds(bob, "tea", now.plusSeconds(1), of(room, tea)).status()).isEqualTo(204);
    var due = hearsReminder(bob, "tea", true);
    assertThat(due.room()).contains(room);
    assertThat(due.seq()).hasValue(tea);
    hearsReminder(phone, "tea", true);
    assertThat(reminders(bob))
        .extracting(AccountReminder::reminder, AccountReminder::due)
        .containsExactly(tuple("tea", true), tuple("plants", false));
    assertThat(shown(bob)).containsExactly("tea at four", "(none)");
    assertThat(reminders(ann)).isEmpty();

    // a reminder outlives the node, and the time at which nobody is connected
    node.restart();
    for (var person : List.of(bob, phone, ann)) person.goesTo(node.uri("/"));
    bob.connectsWithInbox();
    phone.connectsWithInbox();
    hearsReminder(bob, "tea", true);
    hearsReminder(phone, "tea", true);
    assertThat(reminds(phone, "tea", later, of(room, tea)).status()).as("postponed").isEqualTo(204);
    hearsReminder(bob, "tea", false);
    hearsReminder(phone, "tea", false);
    phone.forgets();
    reminds(bob, "tea", now, of(room, tea));
    hearsReminder(phone, "tea", true);
    phone.forgets();
    assertThat(bob.rest().send("DELETE", REMINDERS + "/tea", Optional.empty()).status())
        .isEqualTo(204);
    hearsReminder(phone, "tea", false);
    assertThat(bob.rest().send("DELETE", REMINDERS + "/tea", Optional.empty()).status())
        .isEqualTo(204);
    phone.close();

    reminds(bob, "tea", later, of(room, tea));
    ann.rest().send("DELETE", "/v1/rooms/" + room + "/members/" + bob.name(), Optional.empty());
    assertThat(shown(bob)).as("not a member any more").containsOnly("(none)");
    assertThat(reminds(bob, "other", later, of(room, tea)).code()).isEqualTo(Code.NOT_A_MEMBER);
    assertThat(exported(bob, "reminder")).contains("water them");
    bob.deletesAccount();
    StoredTexts.awaitNone(node.database(), List.of("water them"));
  }

  @Test
  void remindersAreCheckedAndLimited() {
    var tea = ann.says(room, "tea at four").seq();
    var later = Instant.now().plus(Duration.ofHours(1));
    var text = ",\"text\":\"x\"";

    assertThat(reminds(ann, "a%20b", later, text).code()).isEqualTo(Code.BAD_FIELD);
    assertThat(reminds(ann, "a", later, "").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(reminds(ann, "a", later, ",\"text\":\" \"").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(reminds(ann, "a", later, ",\"seq\":1" + text).code()).isEqualTo(Code.BAD_FIELD);
    assertThat(reminds(ann, "a", later, ",\"room\":\"" + room + "\"").code())
        .isEqualTo(Code.BAD_FIELD);
    var years = Duration.ofDays(365 * 6);
    assertThat(reminds(ann, "a", later.plus(years), text).code()).isEqualTo(Code.BAD_FIELD);
    assertThat(reminds(ann, "a", later.minus(years), text).code()).isEqualTo(Code.BAD_FIELD);
    assertThat(reminds(ann, "a", Instant.MAX, text).code()).isEqualTo(Code.BAD_FIELD);
    assertThat(reminds(ann, "a", later, of(room, tea + 99)).code()).isEqualTo(Code.UNKNOWN_MESSAGE);
    ann.says(new ClientFrame.Redact("r1", room, tea, Optional.empty()));
    ann.isAcked("r1");
    assertThat(reminds(ann, "a", later, of(room, tea)).code()).isEqualTo(Code.MESSAGE_REDACTED);

    for (var id : List.of("a", "b", "c"))
      assertThat(reminds(ann, id, later, text).status()).isEqualTo(204);
    assertThat(reminds(ann, "d", later, text).code()).isEqualTo(Code.TOO_MANY_REMINDERS);
    assertThat(reminds(ann, "c", later, text).status()).as("known").isEqualTo(204);
  }

  private static Rest.Answer reminds(Person who, String id, Instant at, String more) {
    return who.rest()
        .send("PUT", REMINDERS + "/" + id, Optional.of("{\"at\":\"" + at + "\"" + more + "}"));
  }

  private static String of(String room, long seq) {
    return ",\"room\":\"" + room + "\",\"seq\":" + seq;
  }

  private static ServerFrame.Reminder hearsReminder(Person who, String id, boolean isDue) {
    return who.hears(
        ServerFrame.Reminder.class, it -> it.reminder().equals(id) && it.due() == isDue);
  }

  private static List<AccountReminder> reminders(Person who) {
    return who.rest().getWhenAvailable(REMINDERS).as(AccountReminders.class).reminders();
  }

  /// The texts of the messages, as far as they may be read.
  private static List<String> shown(Person who) {
    return reminders(who).stream()
        .map(it -> it.message().map(RemindedMessage::text).orElse("(none)"))
        .toList();
  }

  private ClientFrame.Send reply(String text, long to) {
    return new ClientFrame.Send("s" + posts++, room, text, OptionalLong.of(to));
  }

  private static boolean isIn(Entry.Message reply, long root) {
    return reply.thread().orElse(0) == root;
  }

  private static ServerFrame.Thread hearsThread(Person who, long root, int unread) {
    return who.hears(ServerFrame.Thread.class, it -> it.root() == root && it.unread() == unread);
  }

  private List<ThreadCount> counts(Person who, long to) {
    var answer = who.rest().get("/v1/rooms/" + room + "/threads?from=1&to=" + to);
    // the test asks more often than an account may
    if (answer.status() == 429) return List.of();
    return answer.as(RoomThreads.class).threads();
  }

  private Rest.Answer threads(Person who, String rest) {
    return who.rest().getWhenAvailable("/v1/rooms/" + room + "/threads" + rest);
  }

  private static List<FollowedThread> followed(Person who) {
    return who.rest().getWhenAvailable("/v1/account/threads").as(FollowedThreads.class).threads();
  }

  private String thread(long root) {
    return "/v1/account/threads/" + room + "/" + root;
  }

  private Rest.Answer follows(Person who, long seq) {
    return who.rest().send("PUT", thread(seq), Optional.empty());
  }

  private void reads(Person who, long root, long seq) {
    var answer =
        who.rest().send("PUT", thread(root) + "/read", Optional.of("{\"seq\":" + seq + "}"));
    assertThat(answer.status()).isEqualTo(204);
  }

  private static Rest.Answer bookmarks(Person who, String room, long message, String body) {
    return who.rest().send("PUT", BOOKMARKS + "/" + room + "/" + message, Optional.of(body));
  }

  private static int remove(Person who, String room, long message) {
    return who.rest()
        .send("DELETE", BOOKMARKS + "/" + room + "/" + message, Optional.empty())
        .status();
  }

  /// The latest texts of the bookmarked messages.
  private static List<String> texts(Person who) {
    return who.rest().get(BOOKMARKS).as(Bookmarks.class).bookmarks().stream()
        .map(it ->
            it.message()
                .flatMap(message -> message.edit().map(Entry.LatestEdit::body).or(message::body))
                .orElse("(none)"))
        .toList();
  }

  private String path() {
    return "/v1/rooms/" + room + "/pins";
  }

  private ClientFrame.Pin pin(long message) {
    return new ClientFrame.Pin("p" + posts++, room, message, Optional.empty());
  }

  private ClientFrame.Pin unpin(long message) {
    return new ClientFrame.Pin("p" + posts++, room, message, Optional.of(true));
  }

  private static long isAcked(Person who, ClientFrame.Post post) {
    who.says(post);
    return who.isAcked(post.id()).seq();
  }

  private static String isRefused(Person who, ClientFrame.Post post) {
    who.says(post);
    return who.isRefused(post.id()).code();
  }

  private void pinsOf(Person reader, Long... messages) {
    awaits(
        List.of(messages),
        () -> {
          var answer = reader.rest().get(path());
          // the test asks more often than an account may
          if (answer.status() == 429) return List.of(-1L);
          return answer.as(RoomPins.class).messages().stream().map(Entry.Message::seq).toList();
        });
  }

  private static <T> void awaits(T wanted, Supplier<T> found) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var latest = found.get();
    while (!latest.equals(wanted) && System.nanoTime() < deadline) latest = found.get();
    assertThat(latest).isEqualTo(wanted);
  }

  /// The messages that a client shows as pinned: as they were read, changed by later entries.
  private static Set<Long> pinned(List<Entry> entries) {
    var pinned = new HashSet<Long>();
    for (var entry : entries)
      if (entry instanceof Entry.Message it && it.pin().isPresent()) pinned.add(it.seq());
    return pinned;
  }
}
