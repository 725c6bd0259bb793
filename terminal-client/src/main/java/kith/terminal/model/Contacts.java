package kith.terminal.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import kith.protocol.rest.People.Contact;

/// Whom one knows, who asks to be known, and whom one asked.
public record Contacts(Map<String, Known> people) {
  public static final Contacts NONE = new Contacts(Map.of());

  /// Requests come first: they wait for somebody.
  public enum Kind {
    INCOMING,
    CONTACT,
    OUTGOING
  }

  public record Known(Contact contact, Kind kind) {}

  public Contacts {
    people = Map.copyOf(people);
  }

  public Contacts heard(
      List<Contact> contacts,
      List<Contact> incoming,
      List<Contact> outgoing,
      List<String> removed,
      boolean isWhole) {
    var now = new TreeMap<>(isWhole ? Map.<String, Known>of() : people);
    removed.forEach(now::remove);
    contacts.forEach(it -> now.put(it.user(), new Known(it, Kind.CONTACT)));
    incoming.forEach(it -> now.put(it.user(), new Known(it, Kind.INCOMING)));
    outgoing.forEach(it -> now.put(it.user(), new Known(it, Kind.OUTGOING)));
    return new Contacts(now);
  }

  public List<Known> sorted() {
    var all = new ArrayList<>(people.values());
    all.sort(Comparator.comparing(Known::kind).thenComparing(it -> it.contact().user()));
    return all;
  }

  public long requests() {
    return people.values().stream().filter(it -> it.kind() == Kind.INCOMING).count();
  }
}
