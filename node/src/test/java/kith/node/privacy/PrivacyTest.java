package kith.node.privacy;

import static kith.protocol.ShownTo.CONTACTS;
import static kith.protocol.ShownTo.EVERYONE;
import static kith.protocol.ShownTo.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.privacy.Privacy.Topic;
import kith.protocol.ConversationsFrom;
import kith.protocol.ShownTo;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ann's view of bob.
class PrivacyTest {
  private static final List<String> USERS = List.of("ann", "bob", "cem", "eve");

  @ParameterizedTest
  @CsvSource({
    // topic, audience, contacts, may know
    "PRESENCE, EVERYONE, false, true",
    "PRESENCE, EVERYONE, true, true",
    "LAST_SEEN, EVERYONE, false, true",
    "LAST_SEEN, EVERYONE, true, true",
    "LAST_SEEN, CONTACTS, false, false",
    "LAST_SEEN, CONTACTS, true, true",
    "LAST_SEEN, NOBODY, false, false",
    "LAST_SEEN, NOBODY, true, false",
    "RECEIPTS, EVERYONE, false, true",
    "RECEIPTS, EVERYONE, true, true",
    "RECEIPTS, CONTACTS, false, false",
    "RECEIPTS, CONTACTS, true, true",
    "RECEIPTS, NOBODY, false, false",
    "RECEIPTS, NOBODY, true, false",
    "TYPING, EVERYONE, false, true",
    "TYPING, EVERYONE, true, true",
    "TYPING, NOBODY, false, false",
    "TYPING, NOBODY, true, false",
  })
  void everyTopicHasItsOwnAudience(
      Topic topic, ShownTo audience, boolean areContacts, boolean mayKnow) {
    var settings = with(topic, audience);
    var contacts = areContacts ? Set.of("bob") : Set.<String>of();

    assertThat(mayKnow(topic, contacts, Set.of(), Set.of(), settings)).isEqualTo(mayKnow);
    // a block by either side, or by both, hides it
    assertThat(mayKnow(topic, contacts, Set.of("bob"), Set.of(), settings)).isFalse();
    assertThat(mayKnow(topic, contacts, Set.of(), Set.of("ann"), settings)).isFalse();
    assertThat(mayKnow(topic, contacts, Set.of("bob"), Set.of("ann"), settings)).isFalse();
    // other blocks do not matter
    assertThat(mayKnow(topic, contacts, Set.of("eve"), Set.of("eve"), settings)).isEqualTo(mayKnow);
  }

  /// All other topics have the opposite audience, so that a mix-up fails.
  private static PrivacySettings with(Topic topic, ShownTo audience) {
    var other = audience == NOBODY ? EVERYONE : NOBODY;
    return new PrivacySettings(
        topic == Topic.LAST_SEEN ? audience : other,
        topic == Topic.RECEIPTS ? audience : other,
        (topic == Topic.TYPING ? audience : other) != NOBODY);
  }

  private static boolean mayKnow(
      Topic topic,
      Set<String> contacts,
      Set<String> blockedByAnn,
      Set<String> blockedByBob,
      PrivacySettings settings) {
    var relations = new Relations(contacts, new PrivacyPolicy(blockedByAnn, settings, 1));
    var bob = new PrivacyPolicy(blockedByBob, settings, 1);
    return Privacy.mayKnow(topic, new Viewer("ann", relations), "bob", bob);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void aBlockHidesEverythingInBothDirections(
      @ForAll Topic topic,
      @ForAll("relations") Relations ann,
      @ForAll("policies") PrivacyPolicy bob) {
    if (ann.hasBlocked("bob") || bob.blocked().contains("ann"))
      assertThat(mayKnow(topic, ann, bob)).isFalse();
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void mergedPoliciesOfOneVersionShowNoMoreThanEither(
      @ForAll Topic topic,
      @ForAll("relations") Relations ann,
      @ForAll("policies") PrivacyPolicy one,
      @ForAll("policies") PrivacyPolicy other) {
    var merged = one.merge(new PrivacyPolicy(other.blocked(), other.settings(), one.version()));

    if (mayKnow(topic, ann, merged))
      assertThat(List.of(mayKnow(topic, ann, one), mayKnow(topic, ann, other))).containsOnly(true);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void mergeIsCommutativeAssociativeAndIdempotent(
      @ForAll("policies") PrivacyPolicy a,
      @ForAll("policies") PrivacyPolicy b,
      @ForAll("policies") PrivacyPolicy c) {
    assertThat(a.merge(a)).isEqualTo(a);
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void membersMayKnowTheSameUnderThePolicyRestrictedToThem(
      @ForAll Topic topic,
      @ForAll("relations") Relations ann,
      @ForAll("policies") PrivacyPolicy bob) {
    var restricted = bob.restrictedTo(Set.of("ann", "bob")::contains);

    assertThat(mayKnow(topic, ann, restricted)).isEqualTo(mayKnow(topic, ann, bob));
    assertThat(restricted.blocked()).doesNotContain("cem", "eve");
  }

  private static boolean mayKnow(Topic topic, Relations ann, PrivacyPolicy bob) {
    return Privacy.mayKnow(topic, new Viewer("ann", ann), "bob", bob);
  }

  @Test
  void theHigherVersionOfAPolicyWins() {
    var strict = new PrivacyPolicy(Set.of("eve"), new PrivacySettings(NOBODY, NOBODY, false), 1);
    var open = new PrivacyPolicy(Set.of(), PrivacySettings.OPEN, 2);

    assertThat(strict.merge(open)).isEqualTo(open);
    assertThat(open.merge(strict)).isEqualTo(open);
  }

  @Test
  void policiesOfOneVersionAreMergedToTheStricterSettingsAndAllBlockedUsers() {
    var one = new PrivacyPolicy(Set.of("eve"), new PrivacySettings(CONTACTS, EVERYONE, true), 3);
    var other = new PrivacyPolicy(Set.of("cem"), new PrivacySettings(EVERYONE, NOBODY, false), 3);

    assertThat(one.merge(other))
        .isEqualTo(
            new PrivacyPolicy(
                Set.of("cem", "eve"), new PrivacySettings(CONTACTS, NOBODY, false), 3));
  }

  @Test
  void messagesAreHiddenFromTheUserWhoBlockedTheAuthor() {
    assertThat(Privacy.mayRead("eve", Set.of("eve"))).isFalse();
    assertThat(Privacy.mayRead("bob", Set.of("eve"))).isTrue();
  }

  @Provide
  static Arbitrary<PrivacyPolicy> policies() {
    var audiences = Arbitraries.of(ShownTo.class);
    var settings =
        Combinators.combine(audiences, audiences, Arbitraries.of(true, false))
            .as(PrivacySettings::new);
    return Combinators.combine(users(), settings, Arbitraries.longs().between(0, 2))
        .as(PrivacyPolicy::new);
  }

  @Provide
  static Arbitrary<Relations> relations() {
    return Combinators.combine(users(), policies()).as(Relations::new);
  }

  private static Arbitrary<Set<String>> users() {
    return Arbitraries.subsetOf(new ArrayList<>(USERS)).map(HashSet::new);
  }

  @ParameterizedTest
  @CsvSource({
    "EVERYONE, false, false, true",
    "ROOMS, false, false, false",
    "ROOMS, true, false, true",
    "ROOMS, false, true, true",
    "CONTACTS, true, false, false",
    "CONTACTS, false, true, true",
  })
  void theChoiceDecidesWhoMayBeginAConversation(
      ConversationsFrom choice, boolean sharesRoom, boolean isContact, boolean may) {
    assertThat(Privacy.mayBegin(choice, sharesRoom, isContact)).isEqualTo(may);
  }

  @Test
  void theStricterOfTwoChoicesAboutConversationsCounts() {
    var rooms = chosen(Optional.of(ConversationsFrom.ROOMS));
    var contacts = chosen(Optional.of(ConversationsFrom.CONTACTS));

    assertThat(rooms.stricter(contacts)).isEqualTo(contacts);
    assertThat(chosen(Optional.empty()).stricter(rooms)).isEqualTo(rooms);
  }

  private static PrivacySettings chosen(Optional<ConversationsFrom> choice) {
    return new PrivacySettings(ShownTo.EVERYONE, ShownTo.EVERYONE, true, choice);
  }
}
