/// Who may know what about whom.
@NullMarked
package kith.node.privacy;

import org.jspecify.annotations.NullMarked;
