package kith.terminal.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import kith.protocol.rest.People.Contact;
import kith.protocol.rest.People.Request;

/// The user's contacts, and the incoming and outgoing requests: to be a contact, and to begin a
/// conversation.
///
/// @param people contacts and contact requests
/// @param talks requests to begin a conversation
public record ContactBook(Map<String, Item> people, Map<String, Item> talks) {
  public static final ContactBook NONE = new ContactBook(Map.of(), Map.of());

  /// In display order: incoming requests first, because they wait for an answer.
  public enum Kind {
    /// The other user asks for a conversation; the note is the first message.
    TALK_INCOMING,
    INCOMING,
    CONTACT,
    OUTGOING,
    /// The user asks for a conversation; the note is the first message.
    TALK_OUTGOING
  }

  /// @param expires for requests to begin a conversation
  public record Item(Contact contact, Kind kind, Optional<Instant> expires) {
    Item(Contact contact, Kind kind) {
      this(contact, kind, Optional.empty());
    }
  }

  public ContactBook {
    people = Map.copyOf(people);
    talks = Map.copyOf(talks);
  }

  public ContactBook updated(
      List<Contact> contacts,
      List<Contact> incoming,
      List<Contact> outgoing,
      List<String> removed,
      boolean isWhole) {
    var now = new TreeMap<>(isWhole ? Map.<String, Item>of() : people);
    removed.forEach(now::remove);
    contacts.forEach(it -> now.put(it.user(), new Item(it, Kind.CONTACT)));
    incoming.forEach(it -> now.put(it.user(), new Item(it, Kind.INCOMING)));
    outgoing.forEach(it -> now.put(it.user(), new Item(it, Kind.OUTGOING)));
    return new ContactBook(now, talks);
  }

  public ContactBook asked(
      List<Request> incoming, List<Request> outgoing, List<String> removed, boolean isWhole) {
    var now = new TreeMap<>(isWhole ? Map.<String, Item>of() : talks);
    removed.forEach(now::remove);
    incoming.forEach(it -> now.put(it.user(), talk(it, Kind.TALK_INCOMING)));
    outgoing.forEach(it -> now.put(it.user(), talk(it, Kind.TALK_OUTGOING)));
    return new ContactBook(people, now);
  }

  private static Item talk(Request request, Kind kind) {
    return new Item(
        new Contact(request.user(), Optional.of(request.text()), request.at()),
        kind,
        Optional.of(request.expires()));
  }

  /// The book without expired requests. No frame reports that a request has expired.
  public ContactBook current(Instant now) {
    var open = new TreeMap<>(talks);
    open.values().removeIf(it -> it.expires().filter(at -> !now.isBefore(at)).isPresent());
    return open.size() == talks.size() ? this : new ContactBook(people, open);
  }

  public List<Item> sorted() {
    var all = new ArrayList<>(people.values());
    all.addAll(talks.values());
    all.sort(Comparator.comparing(Item::kind).thenComparing(it -> it.contact().user()));
    return all;
  }

  public long requests() {
    return sorted().stream()
        .filter(it -> it.kind() == Kind.INCOMING || it.kind() == Kind.TALK_INCOMING)
        .count();
  }
}
