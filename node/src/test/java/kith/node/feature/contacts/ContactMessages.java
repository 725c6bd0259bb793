package kith.node.feature.contacts;

import static kith.node.RemoteActors.elsewhere;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorSystem;

/// One of each message between nodes about contacts, with every field filled. Messages that a
/// release has sent do not change.
public final class ContactMessages {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.125Z");

  private ContactMessages() {}

  public static List<CborSerializable> all(ActorSystem<?> here) {
    return List.of(
        new AccountContacts.Want("bob", Optional.of("from school"), elsewhere(here, "answer")),
        new AccountContacts.End("bob", elsewhere(here, "answer")),
        new AccountContacts.Tell("ann", new ContactIntent(ContactIntent.Kind.WANTS, 3, 2)),
        new AccountContacts.Told("bob", 3, new ContactIntent(ContactIntent.Kind.ACCEPTS, 4, 3)),
        new AccountContacts.Ask(elsewhere(here, "contacts")),
        new AccountContacts.Contacts(
            List.of(
                new ContactEntry(
                    "bob", ContactEntry.Kind.CONTACT, Optional.of("from school"), NOON)),
            true));
  }
}
