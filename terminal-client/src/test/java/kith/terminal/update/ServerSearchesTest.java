package kith.terminal.update;

import static kith.terminal.view.Story.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Searches.SearchHit;
import kith.protocol.rest.Searches.SearchMatch;
import kith.protocol.rest.Searches.SearchPage;
import kith.terminal.model.Overlay;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// The search in all rooms.
class ServerSearchesTest {
  private final Story ann = Story.atHome(100, 20);

  @Test
  void theKeyTwiceSearchesInAllRoomsAndEnterGoesToTheMessage() {
    ann.presses("Ctrl-r", "Ctrl-r");
    ann.types("tea");
    assertThat(ann.screen().toString()).contains("Search in all your rooms", "> tea");
    ann.presses("Enter");
    assertThat(ann.latest(Request.Search.class))
        .isEqualTo(new Request.Search("tea", Optional.empty()));
    ann.happens(found("tea", Optional.empty(), page(hit("r2", 700), hit("r1", 3))));
    assertThat(ann.screen().toString())
        .contains("bob  2026-11-21", "the text 700 with tea", "Enter goes there");

    ann.presses("Enter");

    assertThat(ann.model().overlay()).isEqualTo(new Overlay.None());
    assertThat(ann.model().current()).contains("r2");
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).hasValue(700);
    var asked = ann.latestCommand(SessionCommand.History.class).question();
    assertThat(asked.room()).isEqualTo("r2");
    var around =
        LongStream.rangeClosed(asked.after().orElseThrow() + 1, asked.after().orElseThrow() + 100)
            .mapToObj(seq -> message(seq, "bob", "the text " + seq))
            .toArray(Entry[]::new);
    ann.happens(new Input.Net(new SessionEvent.Page(asked.id(), "r2", List.of(around), true)));
    assertThat(ann.screen().toString()).contains("the text 699", "the text 700", "the text 701");
  }

  @Test
  void theCommandSearchesAtOnce() {
    ann.types("/search red apples");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Search.class))
        .isEqualTo(new Request.Search("red apples", Optional.empty()));
    assertThat(ann.screen().toString()).contains("> red apples", "searching …");
    assertThat(ann.model().editor().isEmpty()).isTrue();
  }

  @Test
  void theKeyAfterATypedWordStaysInTheRoom() {
    ann.arrives("r1", message(2, "bob", "tea"), message(3, "bob", "tea"));
    ann.presses("Ctrl-r");
    ann.types("tea");
    ann.presses("Ctrl-r");

    assertThat(ann.model().overlay()).isInstanceOf(Overlay.Find.class);
    assertThat(ann.model().currentRoom().orElseThrow().reading().selected()).hasValue(2);
  }

  @Test
  void theNextPageIsLoadedBeforeTheEnd() {
    searches("tea");
    var hits = LongStream.rangeClosed(1, 8).mapToObj(seq -> hit("r1", 100 - seq)).toList();
    ann.happens(found("tea", Optional.empty(), page(hits, Optional.of("c1"))));
    ann.presses("ArrowDown", "ArrowDown");
    assertThat(ann.latest(Request.Search.class).before()).isEmpty();
    ann.presses("ArrowDown");
    assertThat(ann.latest(Request.Search.class))
        .isEqualTo(new Request.Search("tea", Optional.of("c1")));

    ann.happens(found("tea", Optional.of("c1"), page(List.of(hit("r1", 5)), Optional.empty())));
    ann.presses("PageDown", "PageDown");

    assertThat(search().choice()).contains(hit("r1", 5));
    assertThat(search().before()).isEmpty();
  }

  @Test
  void anIncompleteSearchIsMarked() {
    searches("tea");
    ann.happens(found("tea", Optional.empty(), page(List.of(), Optional.of("c1"))));
    assertThat(ann.screen().toString())
        .contains("Searched back to ", "3 rooms are not indexed", "Enter searches further back");

    ann.presses("Enter");
    ann.happens(found("tea", Optional.of("c1"), page(List.of(), Optional.empty())));

    assertThat(ann.screen().toString()).contains("Nothing found.");
  }

  @Test
  void aRefusalIsShownAndTheQueryCanBeChanged() {
    searches("\"tea");
    ann.happens(new Input.NotFound("\"tea", "A quotation mark is not closed."));
    assertThat(ann.screen().toString()).contains("A quotation mark is not closed.");

    ann.types("\"");
    ann.presses("Enter");

    assertThat(ann.latest(Request.Search.class).query()).isEqualTo("\"tea\"");
  }

  @Test
  void anAnswerToAnEarlierQueryIsNotShown() {
    searches("tea");
    ann.types("pot");
    ann.presses("Enter");
    ann.happens(found("tea", Optional.empty(), page(hit("r1", 3))));
    assertThat(search().hits()).isEmpty();

    ann.presses("Escape");
    ann.happens(found("teapot", Optional.empty(), page(hit("r1", 3))));

    assertThat(ann.model().overlay()).isEqualTo(new Overlay.None());
  }

  @Test
  void aMessageOfARoomThatTheUserHasLeftIsNotOpened() {
    searches("tea");
    ann.happens(found("tea", Optional.empty(), page(hit("gone", 3))));
    ann.presses("Enter");

    assertThat(ann.model().notice().lines()).containsExactly("You are no longer in this room.");
  }

  private void searches(String query) {
    ann.types("/search " + query);
    ann.presses("Enter");
  }

  private kith.terminal.model.ServerSearch search() {
    return ((Overlay.SearchAll) ann.model().overlay()).search();
  }

  private static Input.Found found(String query, Optional<String> before, SearchPage page) {
    return new Input.Found(query, before, page);
  }

  private static SearchPage page(SearchHit... hits) {
    return page(List.of(hits), Optional.empty());
  }

  private static SearchPage page(List<SearchHit> hits, Optional<String> before) {
    return new SearchPage(
        hits,
        before,
        before.map(_ -> Story.noon().minus(30, ChronoUnit.DAYS)),
        before.isPresent() ? OptionalInt.of(3) : OptionalInt.empty());
  }

  private static SearchHit hit(String room, long seq) {
    var text = "the text " + seq + " with tea";
    return new SearchHit(
        room,
        new Entry.Message(
            seq,
            Story.noon(),
            "bob",
            "m" + seq,
            Optional.of(text),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(new SearchMatch(text.length() - 3, text.length())));
  }
}
