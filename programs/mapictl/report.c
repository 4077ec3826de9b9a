#include "mapictl.h"
int shutdown_report(struct arguments *args)
{
    return 1;
}
