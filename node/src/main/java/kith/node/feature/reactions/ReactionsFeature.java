package kith.node.feature.reactions;

import java.util.List;
import kith.node.core.room.AmendmentKind;
import kith.node.core.room.PostRule;
import kith.node.core.session.PostKind;
import kith.node.feature.Feature;

/// Emoji reactions. A frame becomes a post ([ReactionPosts]), the room decides it ([React]) within
/// the limits of a message ([ReactionRule]), persists an entry ([Reacted]), and readers get the
/// message with its reactions ([ReactionAmendments]). There is no table: only the log stores
/// reactions.
public record ReactionsFeature(ReactionSettings settings) implements Feature {
  @Override
  public List<String> names() {
    return List.of("reactions");
  }

  @Override
  public List<PostKind<?>> postKinds() {
    return List.of(new ReactionPosts());
  }

  @Override
  public List<PostRule> postRules() {
    return List.of(new ReactionRule(settings));
  }

  @Override
  public List<AmendmentKind> amendments() {
    return List.of(new ReactionAmendments());
  }
}
