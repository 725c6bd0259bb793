package kith.node.feature.mentions;

import java.util.List;
import kith.node.core.room.PostRule;
import kith.node.core.room.Projection;
import kith.node.feature.Feature;

/// Users named in messages: a rule finds them when a message is posted, a projection keeps an
/// index, and inboxes receive the mentions that are in the index.
public record MentionsFeature(MentionSettings settings, MentionProjection.Announcement announcement)
    implements Feature {
  @Override
  public List<String> names() {
    return List.of("mentions");
  }

  @Override
  public List<PostRule> postRules() {
    return List.of(new MentionRule(settings));
  }

  @Override
  public List<Projection> projections() {
    return List.of(new MentionProjection(announcement));
  }
}
