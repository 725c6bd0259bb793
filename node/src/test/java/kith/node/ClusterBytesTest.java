package kith.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import kith.node.audit.AuditMessages;
import kith.node.core.account.AccountMessages;
import kith.node.core.room.RoomMessages;
import kith.node.feature.approval.ApprovalMessages;
import kith.node.feature.contacts.ContactMessages;
import kith.node.feature.conversations.ConversationMessages;
import kith.node.feature.courier.CourierMessages;
import kith.node.feature.identity.IdentityExamples;
import kith.node.feature.inbox.InboxMessages;
import kith.node.feature.moderation.ModerationMessages;
import kith.node.feature.pins.PinMessages;
import kith.node.feature.presence.PresenceMessages;
import kith.node.feature.reactions.ReactionMessages;
import kith.node.feature.reminders.ReminderExamples;
import kith.node.feature.secondfactor.SecondFactorExamples;
import kith.node.feature.slash.CallMessages;
import kith.node.feature.threads.ThreadExamples;
import kith.node.platform.cluster.ClusterMessages;
import kith.node.platform.serialization.CborSerializable;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The messages between nodes of each release. While a cluster is upgraded node by node, those of
/// the release before and those of this one have to understand each other.
class ClusterBytesTest extends StoredBytesContract {
  private static final String CONSTANTS = "constants.txt";

  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class);

  private static final ActorTestKit KIT = RemoteActors.create(ConfigFactory.empty());
  private static final List<CborSerializable> EXAMPLES = examples(KIT.system());

  ClusterBytesTest() {
    super(KIT, "cluster", _ -> true, EXAMPLES);
  }

  private static List<CborSerializable> examples(ActorSystem<?> here) {
    return Stream.of(
            RoomMessages.asked(here),
            RoomMessages.answered(here),
            AccountMessages.asked(here),
            AccountMessages.answered(here),
            ClusterMessages.all(here),
            InboxMessages.all(here),
            PresenceMessages.all(here),
            ReactionMessages.all(here),
            PinMessages.all(here),
            ThreadExamples.all(),
            ReminderExamples.all(),
            ModerationMessages.all(here),
            ApprovalMessages.all(here),
            ContactMessages.all(here),
            SecondFactorExamples.messages(here),
            IdentityExamples.messages(here),
            AuditMessages.all(here),
            CourierMessages.all(),
            CallMessages.all(here),
            ConversationMessages.all(here))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  protected void extend(ObjectNode message) {
    add(message);
  }

  private static void add(JsonNode message) {
    message.forEach(ClusterBytesTest::add);
    if (message instanceof ObjectNode object)
      object.putObject("added").putArray("by").add("the next release");
  }

  @ParameterizedTest
  @MethodSource("files")
  void fieldsThatThePreviousReleaseDidNotSendAreAbsent(String file) {
    var optional =
        Stream.of(stored.example(file).getClass().getRecordComponents())
            .filter(part -> OPTIONAL.contains(part.getType()))
            .toList();

    var read =
        (Record)
            stored.read(
                file, it -> it.remove(optional.stream().map(RecordComponent::getName).toList()));

    assertThat(optional)
        .allSatisfy(part ->
            assertThat(Travelling.valueOf(part, read))
                .isIn(Optional.empty(), OptionalInt.empty(), OptionalLong.empty()));
  }

  @Test
  void everyMessageThatTravelsHasAnExample() {
    var without = new HashSet<>(Travelling.records());
    without.removeAll(Travelling.within(EXAMPLES));

    assertThat(without)
        .as(
            """
            in type-names.conf, so it is sent between nodes: add an example to RoomMessages or \
            the like and write its bytes as docs/compatibility.md says\
            """)
        .isEmpty();
  }

  @Test
  void everyExampleIsOfAMessageThatTravels() {
    assertThat(EXAMPLES).extracting(Object::getClass).isSubsetOf(Travelling.records());
  }

  @Test
  void everyConstantThatWasEverWrittenIsStillKnown() throws IOException {
    assertThat(constants()).containsAll(stored.everWritten(CONSTANTS));
  }

  private static List<String> constants() {
    return Travelling.enums().stream()
        .flatMap(type -> Stream.of(type.getEnumConstants()))
        .map(Enum.class::cast)
        .map(it -> it.getDeclaringClass().getSimpleName() + " " + it.name())
        .sorted()
        .toList();
  }

  @Test
  @EnabledIfSystemProperty(named = "kith.stored.write", matches = "true")
  void writesTheConstantsOfThisRelease() throws IOException {
    stored.write(CONSTANTS, constants());
  }
}
