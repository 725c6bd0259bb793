package kith.node.story;

import java.util.Map;
import kith.node.TestNode;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Two nodes on one database, for all stories of a class.
record TwoNodes(TestNode here, TestNode there) implements AfterAllCallback {

  static TwoNodes start() {
    return start(Map.of());
  }

  /// @param changed settings of both nodes
  static TwoNodes start(Map<String, String> changed) {
    var here = TestNode.start(changed);
    return new TwoNodes(here, here.another());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    there.close();
    here.close();
  }
}
