package kith.node.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import kith.node.core.room.Post;
import kith.protocol.frame.ClientFrame;
import org.junit.jupiter.api.Test;

/// The owners of commands, frames and posts, checked when a node starts.
class SessionFeaturesTest {
  sealed interface Command extends Session.PartCommand {}

  record Tick() implements Command {}

  interface Open extends Session.PartCommand {}

  record Other() implements Session.PartCommand {}

  /// A feature that owns these commands and frames.
  private record Feature(
      Optional<Class<? extends Session.PartCommand>> commands,
      Optional<Class<? extends ClientFrame.OfFeature>> frames)
      implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new SessionPart() {};
    }
  }

  private static Feature commands(Class<? extends Session.PartCommand> commands) {
    return new Feature(Optional.of(commands), Optional.empty());
  }

  private static Feature frames(Class<? extends ClientFrame.OfFeature> frames) {
    return new Feature(Optional.empty(), Optional.of(frames));
  }

  private static SessionFeatures of(Feature... features) {
    return new SessionFeatures(List.of(), List.of(features), List.of());
  }

  @Test
  void commandsAndFramesAreMappedToTheirOwner() {
    var features =
        of(commands(Other.class), commands(Command.class), frames(ClientFrame.OfInbox.class));

    assertThat(features.placeOf(new Tick())).isEqualTo(1);
    assertThat(features.placeOf(new Other())).isZero();
    assertThat(features.placeOf(new ClientFrame.Unread("r1", 1))).isEqualTo(2);
  }

  @Test
  void aCommandHasOneOwner() {
    assertThatThrownBy(() -> of(commands(Command.class), commands(Tick.class)))
        .hasMessageContaining("Tick has two owners");
  }

  @Test
  void aFrameHasOneOwner() {
    assertThatThrownBy(() -> of(frames(ClientFrame.OfInbox.class), frames(ClientFrame.Read.class)))
        .hasMessageContaining("Read has two owners");
  }

  @Test
  void aKindOfPostHasOneOwner() {
    assertThatThrownBy(() ->
            new SessionFeatures(List.of(), List.of(), List.of(new WaveKind(), new WaveKind())))
        .hasMessageContaining("Wave has two owners");
  }

  @Test
  void theCommandsOfAPartMustBeSealed() {
    assertThatThrownBy(() -> of(commands(Open.class))).hasMessageContaining("not sealed");
  }

  @Test
  void aCommandWithoutAnOwnerThrows() {
    assertThatThrownBy(() -> of().placeOf(new Tick())).hasMessageContaining("has no owner");
  }

  @Test
  void everyFrameOfAClientMustHaveAnOwner() {
    assertThatThrownBy(() ->
            of(
                    frames(ClientFrame.OfInbox.class),
                    frames(ClientFrame.OfPresence.class),
                    frames(ClientFrame.Typing.class))
                .checkComplete())
        .hasMessageContainingAll("Delivered", "Receipts")
        .message()
        .doesNotContain("Typing");
    new SessionFeatures(
            List.of(),
            List.of(frames(ClientFrame.OfFeature.class)),
            List.of(new Posts<>(ClientFrame.React.class), new Posts<>(ClientFrame.Pin.class)))
        .checkComplete();
  }

  private record Posts<F extends ClientFrame.FeaturePost>(Class<F> frames) implements PostKind<F> {
    @Override
    public Optional<Objection> objection(F frame) {
      return Optional.empty();
    }

    @Override
    public Post post(String sender, F frame) {
      throw new UnsupportedOperationException();
    }
  }

  /// A kind of post that the core does not know.
  record Wave(String id, String room, String hand) implements ClientFrame.FeaturePost {}

  static final class WaveKind implements PostKind<Wave> {
    @Override
    public Class<Wave> frames() {
      return Wave.class;
    }

    @Override
    public Optional<Objection> objection(Wave wave) {
      return wave.hand().isEmpty()
          ? Objection.badField("hand", "must not be empty")
          : Optional.empty();
    }

    @Override
    public Post post(String sender, Wave wave) {
      return new Post.Redact(sender, wave.id(), 1, Optional.of(wave.hand()));
    }
  }
}
