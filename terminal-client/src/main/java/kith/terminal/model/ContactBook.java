package kith.terminal.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kith.protocol.rest.People.Contact;

/// The user's contacts, and the incoming and outgoing contact requests.
public record ContactBook(Map<String, Item> people) {
  public static final ContactBook NONE = new ContactBook(Map.of());

  /// In display order: incoming requests first, because they wait for an answer.
  public enum Kind {
    INCOMING,
    CONTACT,
    OUTGOING
  }

  public record Item(Contact contact, Kind kind) {}

  public ContactBook {
    people = Map.copyOf(people);
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
    return new ContactBook(now);
  }

  public List<Item> sorted() {
    var all = new ArrayList<>(people.values());
    all.sort(Comparator.comparing(Item::kind).thenComparing(it -> it.contact().user()));
    return all;
  }

  public long requests() {
    return people.values().stream().filter(it -> it.kind() == Kind.INCOMING).count();
  }
}
