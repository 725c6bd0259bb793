package kith.node.feature.administration;

import static kith.node.core.room.RoomHistory.after;
import static kith.node.core.room.RoomHistory.publicRoomOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import kith.node.core.room.Commit;
import kith.node.core.room.Post;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomState;
import kith.protocol.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextFilterTest {
  private static final List<String> WORDS =
      List.of("spam", "Käse", "free lunch", "free-lance work");
  private static final List<String> HOSTS = List.of("evil.example", "bücher.example");

  private final TextFilter filter = new TextFilter(WORDS, HOSTS, false);
  private final RoomState room = after(publicRoomOf("ann"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spam",
        "buy SPAM!",
        "(Spam)",
        "s\u200bpam",
        "ｓｐａｍ",
        "KÄSE",
        "ka\u0308se",
        "a Free  LUNCH!",
        "free-lunch",
        "free free lunch",
        "freelance? no: free lance work",
        "https://evil.example/x?y",
        "see evil.example.",
        "HTTP://WWW.Evil.Example:8080",
        "https://user@a.b.evil.example/",
        "https://bücher.example",
        "https://xn--bcher-kva.example"
      })
  void theseTextsAreFound(String text) {
    assertThat(filter.find(text)).isPresent();
    assertThat(filter.objection(room, says(text), Optional.empty()))
        .contains(Code.TEXT_NOT_ACCEPTED);
    assertThat(filter.objection(room, new Post.Edit("ann", "e", 1, text), Optional.empty()))
        .contains(Code.TEXT_NOT_ACCEPTED);
  }

  @Test
  void anEntryWithoutALetterOrDigitCannotMatch() {
    assertThat(TextFilter.canMatch("!?")).isFalse();
    assertThat(TextFilter.canMatch("it's")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spammer",
        "antispam",
        "free",
        "free of lunch",
        "lunch free",
        "free lance",
        "",
        "...",
        "-.-.-",
        "evil",
        "example",
        "notevil.example",
        "evil.example.org",
        "https://good.example/evil-example"
      })
  void theseTextsAreAccepted(String text) {
    assertThat(filter.find(text)).isEmpty();
    assertThat(filter.objection(room, says(text), Optional.empty())).isEmpty();
  }

  @Test
  void redactionsAreNeverRefused() {
    assertThat(
            filter.objection(
                room, new Post.Redact("ann", "r", 1, Optional.of("spam")), Optional.empty()))
        .isEmpty();
  }

  @Test
  void aDryRunCountsAndRefusesNothing() {
    var dry = new TextFilter(WORDS, HOSTS, true);
    var found = new AtomicInteger();

    assertThat(dry.objection(room, says("spam"), Optional.empty())).isEmpty();
    for (var one : List.of(dry, filter))
      new FilteredRoom(one, found::incrementAndGet)
          .committed(
              new Commit(
                  "r1", room, room, 2, List.of(posted("spam"), posted("ham"), posted("spam"))));

    assertThat(found).hasValue(2);
  }

  private static Post.Say says(String text) {
    return new Post.Say("ann", "m", text, OptionalLong.empty());
  }

  private static RoomEvent posted(String text) {
    return new RoomEvent.Posted("ann", Instant.EPOCH, "m", text, OptionalLong.empty());
  }
}
