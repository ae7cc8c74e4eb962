/**
 * The one AssemblyScript type name used in `assembly/`, so that tsc reads those files as ordinary TypeScript.
 * Every value there is a signed 32-bit integer in both builds; the code keeps it so with `| 0` where JavaScript would not.
 */
declare type i32 = number;
