package kith.node.story;

import java.util.Objects;
import kith.node.TestNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// A node for the stories of several classes, which starts before the first of them.
///
/// It stops after all tests, because a class cannot see whether another one follows. Its users need
/// names that no other class takes.
final class SharedNode implements BeforeAllCallback {
  private volatile @Nullable TestNode node;

  @Override
  public void beforeAll(ExtensionContext context) {
    // the store closes it
    node =
        context
            .getRoot()
            .getStore(Namespace.create(SharedNode.class))
            .computeIfAbsent(this, _ -> TestNode.start(), TestNode.class);
  }

  TestNode node() {
    return Objects.requireNonNull(node);
  }
}
