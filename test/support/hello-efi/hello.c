// The smallest EFI application that shows a VM test works: prints one line on the console and powers off.
// UEFI 2.10: 4.3 (system table), 8.5.1 (ResetSystem), 12.4.3 (OutputString). Pointers between named fields are skipped.
typedef unsigned long long word;
typedef unsigned short char16;

typedef struct text_output {
  void *reset;
  word (*output_string)(struct text_output *self, const char16 *text);
} text_output;

typedef struct {
  char header[24];
  void *time_and_memory[10];
  void (*reset_system)(unsigned type, word status, word size, void *data);
} runtime_services;

typedef struct {
  char header[24];
  char16 *vendor;
  unsigned revision;
  void *input_handle, *input, *output_handle;
  text_output *output;
  void *error_handle, *error;
  runtime_services *runtime;
} system_table;

enum { SHUTDOWN = 2 };

word efi_main(void *image, system_table *system) {
  (void)image;
  system->output->output_string(system->output, L"\r\nosdkit-sample: hello\r\n");
  system->runtime->reset_system(SHUTDOWN, 0, 0, 0);
  return 0;
}
