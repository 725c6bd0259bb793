package kith.terminal.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.rest.Searches.SearchHit;
import kith.protocol.rest.Searches.SearchPage;

/// A search of the server in all rooms of the user.
///
/// @param query the text that the user types
/// @param asked the query of the hits; empty before the first one
/// @param isLoading whether an answer is awaited
/// @param problem the reason why there is no answer; empty if there is none
/// @param hits the newest first
/// @param before the beginning of the next page; absent if everything was searched
/// @param searchedBackTo everything newer was searched
/// @param unindexed rooms that the server cannot search yet
/// @param chosen the index in `hits`
public record ServerSearch(
    String query,
    String asked,
    boolean isLoading,
    String problem,
    List<SearchHit> hits,
    Optional<String> before,
    Optional<Instant> searchedBackTo,
    int unindexed,
    int chosen) {
  public ServerSearch {
    hits = List.copyOf(hits);
  }

  public static ServerSearch of(String query) {
    return new ServerSearch(
        query, "", false, "", List.of(), Optional.empty(), Optional.empty(), 0, 0);
  }

  public ServerSearch typing(String text) {
    return new ServerSearch(
        text, asked, isLoading, problem, hits, before, searchedBackTo, unindexed, chosen);
  }

  /// True if the hits belong to the typed query.
  public boolean isAnswered() {
    return !asked.isEmpty() && asked.equals(query.strip());
  }

  /// Waits for the first page of the typed query.
  public ServerSearch asking() {
    return new ServerSearch(
        query, query.strip(), true, "", List.of(), Optional.empty(), Optional.empty(), 0, 0);
  }

  /// Waits for the next page.
  public ServerSearch continuing() {
    return new ServerSearch(
        query, asked, true, "", hits, before, searchedBackTo, unindexed, chosen);
  }

  public ServerSearch with(SearchPage page) {
    var all = new ArrayList<>(hits);
    all.addAll(page.hits());
    return new ServerSearch(
        query,
        asked,
        false,
        "",
        all,
        page.before(),
        page.searchedBackTo(),
        Math.max(unindexed, page.unindexedRooms().orElse(0)),
        chosen);
  }

  public ServerSearch failed(String sentence) {
    return new ServerSearch(
        query, asked, false, sentence, hits, before, searchedBackTo, unindexed, chosen);
  }

  /// The choice stays within the list.
  public ServerSearch choosing(int index) {
    int last = Math.max(0, hits.size() - 1);
    return new ServerSearch(
        query,
        asked,
        isLoading,
        problem,
        hits,
        before,
        searchedBackTo,
        unindexed,
        Math.clamp(index, 0, last));
  }

  public Optional<SearchHit> choice() {
    return hits.stream().skip(chosen).findFirst();
  }
}
